import type { LinkTexts } from './link-texts.ts';

export const es: LinkTexts = {
  title: (app) => `Iniciar sesión en ${app}`,
  signingInAs: 'Cuenta',
  askedFrom: 'Alguien ha pedido iniciar sesión:',
  place: 'Desde',
  browser: 'Con',
  time: 'A las',
  unknown: 'desconocido',
  onlyIfYou: 'Continúe solo si ha sido usted.',
  letTheOtherGoOn: 'Iniciar sesión',
  continueHere: 'Continuar en esta ventana',
  numberLabel: 'El número de la otra pantalla',
  numberHint: 'La página en la que pidió este correo muestra dos cifras. Si no ve esa página, lo pidió otra persona: cierre esta.',
  numberWrong: 'Ese no es el número de la otra pantalla. Mírelo de nuevo.',
  approve: 'Iniciar sesión en la otra pantalla',
  approvedTitle: 'Listo',
  approvedText: 'La página en la que empezó continúa sola. Puede cerrar esta.',
  toApp: (app) => `Ir a ${app}`,
  failedTitle: 'Este enlace no funciona',
  failed: {
    link_unknown: 'No conocemos este enlace. Compruebe que lo copió entero o pida un correo nuevo.',
    link_expired: 'Este enlace es demasiado antiguo. Vuelva a la página en la que empezó y pida un correo nuevo.',
    link_used: 'Este enlace ya se usó. Si no ha iniciado sesión, pida un correo nuevo.',
    link_replaced: 'Después de este correo se envió otro. Use el enlace del más reciente.',
  },
  failedOtherwise: 'Vuelva a la página en la que empezó y pida un correo nuevo.',
};
