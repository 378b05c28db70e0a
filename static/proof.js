// Comfort only: without this file, or when it fails, the picture and the letter do the same.
// Shows by work instead that a person is there (docs/adr/0021); nothing is to be done for it.

const patienceMs = 20_000;

for (const part of document.querySelectorAll('[data-proof]')) if (!isBegunByHand(part)) void prove(part);

function isBegunByHand(part) {
  return part.querySelector('.error') !== null || part.querySelector('[name=captcha]').value !== '';
}

async function prove(part) {
  const field = part.querySelector('[name=work]');
  if (field.defaultValue) return settle(part, 'done');
  let held;
  const hold = (event) => {
    if (event.submitter?.value !== 'send') return;
    event.preventDefault();
    held = event.submitter;
    tell(part, 'held');
  };
  field.form.addEventListener('submit', hold);
  settle(part, 'working');
  const found = await work(part.dataset).catch(() => '');
  field.form.removeEventListener('submit', hold);
  field.value = found;
  settle(part, found ? 'done' : 'failed');
  if (found) held?.click();
  else if (held) part.querySelector('[name=captcha]').focus();
}

function work({ worker, id, bits, pieces }) {
  return new Promise((resolve, reject) => {
    const search = new Worker(worker);
    const end = (settled) => (value) => {
      clearTimeout(timer);
      search.terminate();
      settled(value);
    };
    const timer = setTimeout(end(reject), patienceMs);
    search.onmessage = ({ data }) => end(resolve)(data);
    search.onerror = end(reject);
    search.postMessage({ id, bits: Number(bits), pieces: Number(pieces) });
  });
}

/** Puts the picture away, or takes it out again when it is needed, and says so. */
function settle(part, state) {
  part.querySelector('[data-by-hand]').hidden = state !== 'failed';
  tell(part, state);
}

function tell(part, state) {
  const line = part.querySelector('[role=status]');
  line.textContent = line.dataset[state];
}
