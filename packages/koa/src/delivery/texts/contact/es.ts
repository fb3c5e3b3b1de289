import type { ContactTexts } from './contact-texts.ts';

export const contactEs: ContactTexts = {
  contactCodeTitle: (app) => `Confirma esta dirección para ${app}`,
  contactCodeLead: (app) => `Alguien que ha iniciado sesión en ${app} quiere usar esta dirección para su cuenta. Si eres tú, escribe allí este código:`,
  contactLinkLead: 'O abre este enlace en el mismo navegador:',
  contactButton: 'Confirmar esta dirección',
  notYouContact: 'Si no fuiste tú, ignora este mensaje y no des el código a nadie: sin él no cambia nada.',
  contactTakenSubject: (app) => `Alguien quiso usar tu dirección para otra cuenta de ${app}`,
  contactTakenTitle: (app) => `Esta dirección ya tiene una cuenta en ${app}`,
  contactTakenLead: (address, app) =>
    `Alguien que ha iniciado sesión en ${app} pidió usar ${address} para su cuenta. Pertenece a la tuya, así que no hemos enviado ningún código. Si fuiste tú, inicia sesión con esta dirección.`,
  emailChangedSubject: (app) => `Ha cambiado la dirección de correo de tu cuenta de ${app}`,
  phoneChangedSubject: (app) => `Ha cambiado el número de teléfono de tu cuenta de ${app}`,
  emailChangedLead: (app) => `Tu cuenta de ${app} tiene una nueva dirección de correo. Se ha confirmado y permite iniciar sesión.`,
  phoneChangedLead: (app) => `Tu cuenta de ${app} tiene un nuevo número de teléfono. Se ha confirmado y permite iniciar sesión.`,
  contactUndoLead: (moment) =>
    `Si fuiste tú, no tienes que hacer nada. Si no, deshazlo hasta el ${moment}: tu cuenta recupera lo que tenía antes y se cierran las sesiones de los demás.`,
  contactUndoButton: 'Deshacer este cambio',
  notYouContactChanged: (app) =>
    `Si no fuiste tú, otra persona ha iniciado sesión en tu cuenta: usa el enlace que enviamos a tu otra dirección o número, o pide ayuda a los responsables de ${app}.`,
  accessCodeSubject: (app) => `El soporte ha creado un código de acceso para tu cuenta de ${app}`,
  accessCodeTitle: 'El soporte ha creado un código para ti',
  accessCodeLead: (app, moment) =>
    `Los responsables de ${app} han creado un código con el que puedes iniciar sesión una vez, hasta el ${moment}. Te lo dirán ellos mismos: no está en este correo.`,
  notYouAccessCode: (app) => `Si no lo pediste tú, quizá lo hizo otra persona: avisa enseguida a los responsables de ${app}.`,
  noticeSms: (happened) => `${happened}. ¿No fuiste tú? Inicia sesión y cierra todas las demás sesiones.`,
  undoSms: (happened, link) => `${happened}. ¿No fuiste tú? Deshazlo aquí: ${link}`,
};
