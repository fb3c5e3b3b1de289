/** Asks the API who is signed in; a stranger is shown the login. */
const login = document.querySelector('auth-login');
const welcome = document.querySelector('#welcome');
const answer = await fetch('/api/me');

if (answer.ok) {
  document.querySelector('#claims').textContent = JSON.stringify(await answer.json(), undefined, 2);
  welcome.hidden = false;
  login.remove();
} else {
  login.hidden = false;
}
