/** A draft of our own as a flat OpenDocument file: chapters typed, articles and items numbered automatically, a table. */
export function officeDraft(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${namespaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:text-indent="11.2mm"/><style:text-properties fo:font-size="16pt" style:font-size-asian="16pt" style:font-name-asian="Noto Serif CJK SC" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="Middle" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:text-indent="0mm"/></style:style>
<text:list-style style:name="Articles">${level(1, '第', '条', 'space')}${level(2, '（', '）', 'nothing')}</text:list-style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="30mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
<office:body><office:text>
${middle('清源县河道保洁办法')}
${middle('第一章 总则')}
${list([article(`为了加强河道保洁管理，改善河道环境，${'保障行洪排涝安全，'.repeat(4)}制定本办法。`), article('保洁单位应当做到：', ['每日巡查一次；', `${'及时打捞水面漂浮物，'.repeat(5)}不得在岸边堆放过夜。`])])}
${middle('第二章 附则')}
${list([article('本办法自2027年1月1日起施行。')], true)}
<text:p>附件</text:p>
${table([
  ['序号', '河道', '责任单位'],
  ['1', '清河', '城关镇'],
])}
</office:text></office:body></office:document>`;
}

const namespaces = ['office', 'style', 'text', 'table']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat('xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"')
  .join(' ');

function level(number: number, before: string, after: string, behind: string): string {
  return `<text:list-level-style-number text:level="${number}" style:num-prefix="${before}" style:num-suffix="${after}" style:num-format="一, 二, 三, ..."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="${behind}" fo:text-indent="11.2mm" fo:margin-left="0mm"/></style:list-level-properties></text:list-level-style-number>`;
}

function middle(text: string): string {
  return `<text:p text:style-name="Middle">${text}</text:p>`;
}

function list(items: readonly string[], goesOn = false): string {
  const more = goesOn ? ' text:continue-numbering="true"' : '';
  return `<text:list text:style-name="Articles"${more}>${items.join('')}</text:list>`;
}

function article(text: string, items: readonly string[] = []): string {
  const inner = items.map((each) => `<text:list-item><text:p>${each}</text:p></text:list-item>`).join('');
  return `<text:list-item><text:p>${text}</text:p>${inner ? `<text:list>${inner}</text:list>` : ''}</text:list-item>`;
}

function table(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
  const row = (cells: readonly string[]) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`;
  const columns = `<table:table-column table:number-columns-repeated="${rows[0]?.length ?? 0}"/>`;
  return `<table:table table:name="T">${columns}${rows.map(row).join('')}</table:table>`;
}
