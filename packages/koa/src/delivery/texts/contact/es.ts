import type { ContactTexts } from './contact-texts.ts';

export const contactEs: ContactTexts = {
  contactCodeTitle: (app) => `Confirme esta dirección para ${app}`,
  contactCodeLead: (app) => `Alguien que ha iniciado sesión en ${app} quiere usar esta dirección para su cuenta. Si es usted, escriba allí este código:`,
  contactLinkLead: 'O abra este enlace en el mismo navegador:',
  contactButton: 'Confirmar esta dirección',
  notYouContact: 'Si no fue usted, ignore este correo y no dé el código a nadie: sin él no cambia nada.',
  contactTakenSubject: (app) => `Alguien quiso usar su dirección para otra cuenta de ${app}`,
  contactTakenTitle: (app) => `Esta dirección ya tiene una cuenta en ${app}`,
  contactTakenLead: (address, app) =>
    `Alguien que ha iniciado sesión en ${app} pidió usar ${address} para su cuenta. Pertenece a la suya, por eso no enviamos ningún código. Si fue usted, inicie sesión con esta dirección.`,
  emailChangedSubject: (app) => `Ha cambiado la dirección de correo de su cuenta de ${app}`,
  phoneChangedSubject: (app) => `Ha cambiado el número de teléfono de su cuenta de ${app}`,
  emailChangedLead: (app) => `Su cuenta de ${app} tiene una nueva dirección de correo. Se ha confirmado y permite iniciar sesión.`,
  phoneChangedLead: (app) => `Su cuenta de ${app} tiene un nuevo número de teléfono. Se ha confirmado y permite iniciar sesión.`,
  contactUndoLead: (moment) =>
    `Si fue usted, no tiene que hacer nada. Si no, deshágalo hasta el ${moment}: su cuenta recupera lo que tenía antes y se cierran las sesiones de los demás.`,
  contactUndoButton: 'Deshacer este cambio',
  notYouContactChanged: (app) =>
    `Si no fue usted, otra persona ha iniciado sesión en su cuenta: use el enlace que enviamos a su otra dirección o número, o pida ayuda a los responsables de ${app}.`,
  accessCodeSubject: (app) => `El soporte ha creado un código de acceso para su cuenta de ${app}`,
  accessCodeTitle: 'El soporte ha creado un código para usted',
  accessCodeLead: (app, moment) =>
    `Los responsables de ${app} han creado un código con el que puede iniciar sesión una vez, hasta el ${moment}. Se lo dirán ellos mismos: no está en este correo.`,
  notYouAccessCode: (app) => `Si no lo pidió usted, quizá lo hizo otra persona: avise enseguida a los responsables de ${app}.`,
  noticeSms: (happened) => `${happened}. ¿No fue usted? Inicie sesión y cierre todas las demás sesiones.`,
  undoSms: (happened, link) => `${happened}. ¿No fue usted? Deshágalo aquí: ${link}`,
};
