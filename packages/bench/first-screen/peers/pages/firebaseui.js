// As the README's npm option has it, with one way to sign in: a link by mail. The address is then the first screen.
import firebase from 'firebase/compat/app';
import 'firebase/compat/auth';
import * as firebaseui from 'firebaseui';

firebase.initializeApp({ apiKey: 'bench-api-key', authDomain: 'firebase.localhost', projectId: 'bench' });
const ui = new firebaseui.auth.AuthUI(firebase.auth());
ui.start('#firebaseui-auth-container', {
  signInSuccessUrl: '/',
  credentialHelper: firebaseui.auth.CredentialHelper.NONE,
  signInOptions: [
    { provider: firebase.auth.EmailAuthProvider.PROVIDER_ID, signInMethod: firebase.auth.EmailAuthProvider.EMAIL_LINK_SIGN_IN_METHOD },
  ],
});
