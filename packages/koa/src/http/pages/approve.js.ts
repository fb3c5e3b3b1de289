/**
 * The script of the page that another device opens. A file of its own, for `script-src 'self'` lets nothing inline through.
 * It takes the secret out of the address and sends it, and asks for the passkey; what is written and decided is the server's.
 */
export const approveJs = `
const landing = document.getElementById('reading');
const question = document.querySelector('form[data-options]');
const show = (id) => { document.getElementById(id).hidden = false; };
const hide = (id) => { document.getElementById(id).hidden = true; };
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const takeSecret = () => {
  const secret = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return secret;
};
const send = (secret) => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: location.pathname });
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'secret', value: secret }));
  document.body.append(form);
  form.submit();
};

// The first device that sends a code keeps it. A browser that could not answer, such as the one inside of another app, leaves
// it to the next, and in the address, so that it can be opened elsewhere from here.
const isAble = typeof PublicKeyCredential !== 'undefined';

// A code that is scanned in a tab which shows another: only what stands behind the # changes, and nothing is loaded by that.
if (isAble) addEventListener('hashchange', () => {
  const secret = takeSecret();
  if (secret !== '') send(secret);
});

if (landing) {
  const isEmpty = location.hash.length < 2;
  if (isAble && !isEmpty) send(takeSecret());
  else {
    hide('reading');
    show(isEmpty ? 'nothing-scanned' : 'no-passkeys');
  }
}

if (question) {
  const options = JSON.parse(question.dataset.options);
  let isAsking = false;
  question.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    hide('not-asked');
    try {
      const { id, rawId, type, response, authenticatorAttachment } = await navigator.credentials.get({ publicKey: { ...options, challenge: toBytes(options.challenge) } });
      const { clientDataJSON, authenticatorData, signature, userHandle } = response;
      question.elements.namedItem('credential').value = JSON.stringify({
        id, rawId: toText(rawId), type, authenticatorAttachment, clientExtensionResults: {},
        response: {
          clientDataJSON: toText(clientDataJSON), authenticatorData: toText(authenticatorData), signature: toText(signature),
          ...(userHandle ? { userHandle: toText(userHandle) } : {}),
        },
      });
      question.submit();
    } catch {
      show('not-asked');
    }
    isAsking = false;
  });
}
`;
