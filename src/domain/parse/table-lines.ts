/** One row of a table as a line of source text: `| 序号 | 名称 |`; bars, line breaks and backslashes in cells are escaped. */
export function tableLine(cells: readonly string[]): string {
  return `|${cells.map((cell) => ` ${escaped(cell.trim())} `).join('|')}|`;
}

/** The cells of a line that is a row of a table; null when it is none. `cellsOf(tableLine(cells))` gives trimmed cells back. */
export function cellsOf(line: string): string[] | null {
  if (!isTableLine(line)) return null;
  const cells: string[] = [];
  let cell = '';
  for (let index = 1; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (character === '|') {
      cells.push(cell.trim());
      cell = '';
    } else if (character === '\\' && index + 1 < line.length) {
      index += 1;
      cell += unescaped(line.charAt(index));
    } else cell += character;
  }
  return cells;
}

/** True for a line that begins and ends with a bar, of which the last is no part of a cell. */
export function isTableLine(line: string): boolean {
  return line.length > 1 && line.charCodeAt(0) === bar && line.endsWith('|') && !endsEscaped(line);
}

const bar = 0x7c;

function endsEscaped(line: string): boolean {
  let backslashes = 0;
  while (line.charAt(line.length - 2 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function escaped(cell: string): string {
  return cell
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\r\n?|\n/g, '\\n');
}

function unescaped(character: string): string {
  if (character === 'n') return '\n';
  return character === '\\' || character === '|' ? character : `\\${character}`;
}
