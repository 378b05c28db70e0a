// Comfort only: every page says and does the same without this file.

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = '已复制';
  });
}

for (const area of document.querySelectorAll('textarea[data-count]')) {
  const limit = Number(area.dataset.count);
  const line = document.createElement('p');
  line.className = 'hint';
  line.setAttribute('role', 'status');
  const tell = () => {
    const left = limit - [...area.value].length;
    line.textContent = left < 0 ? `超出 ${-left} 字` : left < limit / 10 ? `还可以写 ${left} 字` : '';
  };
  area.after(line);
  area.addEventListener('input', tell);
  tell();
}

document.querySelector('[data-focus]')?.focus();
