import { contactEs } from './contact/es.ts';
import type { MailTexts } from './mail-texts.ts';
import { recoveryEs } from './recovery/es.ts';

function minutes(count: number): string {
  return count === 1 ? '1 minuto' : `${count} minutos`;
}

export const es: MailTexts = {
  language: 'es',
  direction: 'ltr',
  codeSubject: (code, app) => `${code} es tu código de ${app}`,
  linkSubject: (app) => `Tu enlace para iniciar sesión en ${app}`,
  noAccountSubject: (app) => `Alguien intentó iniciar sesión en ${app} con tu dirección`,
  passkeyAddedSubject: (app) => `Se añadió una llave de acceso a tu cuenta de ${app}`,
  passwordSetSubject: (app) => `Nueva contraseña para tu cuenta de ${app}`,
  identityLinkedSubject: (provider, app) => `Ahora puedes iniciar sesión en ${app} con ${provider}`,
  signInTitle: (app) => `Inicia sesión en ${app}`,
  noAccountTitle: (app) => `No hay ninguna cuenta de ${app}`,
  passkeyAddedTitle: () => 'Tienes una nueva llave de acceso',
  passwordSetTitle: () => 'Tienes una nueva contraseña',
  identityLinkedTitle: (provider) => `Se vinculó ${provider} a tu cuenta`,
  codeLead: 'Escribe este código en la página donde estás iniciando sesión:',
  linkLead: 'Abre este enlace para iniciar sesión:',
  orLinkLead: 'O abre este enlace:',
  signInButton: (app) => `Iniciar sesión en ${app}`,
  linkInFull: 'Si el botón no funciona, copia esta dirección en tu navegador:',
  linkElsewhere:
    'El enlace también funciona en otro dispositivo: allí te pedirá las dos cifras que muestra la página de inicio de sesión.',
  codeExpires: (count, moment) => `El código sirve una sola vez y caduca en ${minutes(count)}: ${moment}.`,
  linkExpires: (count, moment) => `El enlace sirve una sola vez y caduca en ${minutes(count)}: ${moment}.`,
  bothExpire: (count, moment) =>
    `Del código y el enlace sirve una sola vez el que uses primero. Caducan en ${minutes(count)}: ${moment}.`,
  noAccountLead: (address, app) =>
    `Alguien escribió ${address} para iniciar sesión en ${app}. No hay ninguna cuenta con esta dirección que pueda iniciar sesión, así que no hemos enviado ningún código.`,
  noAccountNext: 'Si fuiste tú, quizá te registraste con otra dirección o aún no te has registrado.',
  passkeyAddedLead: (app) =>
    `Se añadió una llave de acceso a tu cuenta de ${app}. Ya puedes iniciar sesión con ella.`,
  passwordSetLead: (app) =>
    `Se estableció una nueva contraseña para tu cuenta de ${app}. Se cerraron las sesiones en otros dispositivos.`,
  identityLinkedLead: (provider, app) => `Tu cuenta de ${app} se vinculó a una cuenta de ${provider}. Ahora puedes iniciar sesión con ella.`,
  openApp: (app) => `Abrir ${app}`,
  requestHeading: 'De dónde vino la solicitud',
  browserLabel: 'Navegador',
  unknownBrowser: 'desconocido',
  placeLabel: 'Lugar',
  addressLabel: 'Dirección de red',
  timeLabel: 'Hora',
  notYouSignIn: 'Si no fuiste tú, ignora este mensaje: nadie puede iniciar sesión sin él.',
  neverShare: 'No des el código ni el enlace a nadie. Nunca te los pediremos.',
  notYouNoAccount: 'Si no fuiste tú, ignora este mensaje. Nada ha cambiado.',
  notYouPasskey: (app) =>
    `Si no fuiste tú, otra persona ha entrado en tu cuenta: inicia sesión en ${app}, elimina la llave de acceso y cierra todas las demás sesiones.`,
  notYouPassword: (app) =>
    `Si no fuiste tú, otra persona puede leer tu correo o tiene una sesión abierta en tu cuenta: protege tu buzón, elige después «contraseña olvidada» en ${app} y establece otra.`,
  notYouIdentity: (provider, app) =>
    `Si no fuiste tú, otra persona puede leer tu correo o ha iniciado sesión en tu cuenta: protege tu buzón y pide a ${app} que desvincule ${provider}.`,
  totpAddedSubject: (app) => `Se ha añadido una app de autenticación a tu cuenta de ${app}`,
  totpAddedTitle: () => 'Tienes una nueva app de autenticación',
  totpAddedLead: (app) =>
    `Se ha añadido una app de autenticación a tu cuenta de ${app}. Al iniciar sesión se pedirán sus códigos.`,
  recoveryCodeUsedSubject: (app) => `Se ha usado un código de recuperación de tu cuenta de ${app}`,
  recoveryCodeUsedTitle: () => 'Se ha usado un código de recuperación',
  recoveryCodeUsedLead: (app) =>
    `Alguien ha iniciado sesión en tu cuenta de ${app} con uno de tus códigos de recuperación. Ese código ya no sirve.`,
  notYouSecondFactor: (app) =>
    `Si no fuiste tú, otra persona puede entrar en tu cuenta: inicia sesión en ${app}, cierra todas las demás sesiones y pide ayuda a sus responsables.`,
  newDeviceSubject: (app) => `Nuevo inicio de sesión en tu cuenta de ${app}`,
  newDeviceTitle: 'Hubo un inicio de sesión desde un dispositivo nuevo',
  newDeviceLead: (app) => `Alguien inició sesión en tu cuenta de ${app} desde un navegador que aún no conocemos.`,
  newDeviceYou: 'Si fuiste tú, no tienes que hacer nada.',
  newDeviceNotYou: 'Si no fuiste tú, pulsa el botón: cierra todas las sesiones para que puedas proteger tu cuenta.',
  newDeviceButton: 'No fui yo',
  footer: (app) => `${app} te envía este mensaje porque allí se indicó tu dirección.`,
  codeSms: (code, app, count) => `${code} es tu clave para ${app}. Caduca en ${minutes(count)}. No se la des a nadie.`,
  ...recoveryEs,
  ...contactEs,
};
