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

/** The text that is seen, without what is only read aloud. */
function textOf(element) {
  const aloud = [...element.querySelectorAll('.vh')];
  for (const each of aloud) each.hidden = true;
  const text = element.innerText.trim().replace(/\n+/g, '\n');
  for (const each of aloud) each.hidden = false;
  return text;
}

// Words selected in the clause become the quotation, unless something was typed there by hand.
const original = document.getElementById('original');
const quotation = document.querySelector('textarea[name^="quotation-"]');
if (original && quotation) {
  const hint = document.getElementById(`${quotation.id}-hint`);
  hint.append('也可以在原文里选中这几句话，会自动填到这里。');
  let taken = '';
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    const isInside = original.contains(selection.anchorNode) && original.contains(selection.focusNode);
    if (!isInside || selection.isCollapsed || ![taken, ''].includes(quotation.value)) return;
    taken = selection.toString().trim().replace(/\n+/g, '\n');
    quotation.value = taken;
  });
}

for (const button of document.querySelectorAll('[data-copy-into]')) {
  const area = document.getElementById(button.dataset.copyInto);
  const offer = () => {
    button.hidden = area.value !== '';
  };
  button.addEventListener('click', () => {
    area.value = textOf(document.getElementById(button.dataset.from));
    area.style.height = `${Math.min(area.scrollHeight + 8, innerHeight / 2)}px`;
    area.dispatchEvent(new Event('input'));
    area.focus();
    area.setSelectionRange(0, 0);
  });
  area.addEventListener('input', offer);
  offer();
}

for (const button of document.querySelectorAll('[data-save]')) {
  document.getElementById(button.dataset.save).hidden = false;
  button.form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
}

for (const input of document.querySelectorAll('input[data-largest]')) {
  const line = document.createElement('p');
  line.className = 'error';
  line.setAttribute('role', 'status');
  input.after(line);
  input.addEventListener('change', () => {
    const large = [...input.files].filter((file) => file.size > Number(input.dataset.largest));
    const names = large.map((file) => `“${file.name}”`).join('、');
    line.textContent = names && `${names}太大，不能添加`;
  });
  // A form that carries no file is sent the shorter way.
  input.form.addEventListener('submit', () => {
    const short = input.files.length === 0;
    input.form.enctype = short ? 'application/x-www-form-urlencoded' : 'multipart/form-data';
  });
}

document.querySelector('[data-focus]')?.focus();
