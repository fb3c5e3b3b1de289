/** Asks the API who is signed in; only a stranger is shown the login, so that nobody else starts one. */
const answer = await fetch('/api/me');

if (answer.ok) {
  document.querySelector('#claims').textContent = JSON.stringify(await answer.json(), undefined, 2);
  document.querySelector('#welcome').hidden = false;
} else {
  const login = document.createElement('auth-login');
  login.setAttribute('login-url', '/login');
  document.querySelector('main').prepend(login);
}
