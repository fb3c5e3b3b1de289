import type { EnrollTotpView, EnterTotpView } from '@portico/contract';

type InFlow = Pick<EnterTotpView, 'kind' | 'flow_expires_at'>;

/** What a server would draw for an account that does not exist. */
export const demoTotp: Pick<EnrollTotpView, 'secret' | 'uri' | 'qr'> = {
  secret: 'MRSW 23ZN ONSW G4TF OQWW 6ZRN MFRW 64TO',
  uri: 'otpauth://totp/Acorn:robin%40example.com?secret=MRSW23ZNONSWG4TFOQWW6ZRNMFRW64TO&issuer=Acorn',
  qr: {
    size: 49,
    path: 'M4 4.5h7m1 0h2m1 0h1m2 0h1m2 0h1m2 0h1m7 0h1m2 0h1m2 0h7M4 5.5h1m5 0h1m2 0h2m1 0h2m2 0h2m1 0h2m3 0h1m3 0h1m1 0h3m1 0h1m5 0h1M4 6.5h1m1 0h3m1 0h1m2 0h1m1 0h1m1 0h3m3 0h3m2 0h2m3 0h2m1 0h1m1 0h1m1 0h3m1 0h1M4 7.5h1m1 0h3m1 0h1m1 0h2m1 0h1m3 0h4m1 0h3m3 0h2m2 0h1m3 0h1m1 0h3m1 0h1M4 8.5h1m1 0h3m1 0h1m1 0h6m4 0h2m2 0h2m1 0h3m1 0h2m3 0h1m1 0h3m1 0h1M4 9.5h1m5 0h1m1 0h1m2 0h2m1 0h8m2 0h3m1 0h2m1 0h2m1 0h1m5 0h1M4 10.5h7m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h1m1 0h7M12 11.5h1m2 0h1m3 0h1m1 0h1m1 0h1m1 0h2m4 0h1m1 0h2m1 0h1M4 12.5h1m3 0h1m1 0h4m1 0h1m3 0h1m1 0h1m1 0h4m3 0h5m1 0h6m2 0h1M6 13.5h2m1 0h1m3 0h3m2 0h1m1 0h1m1 0h1m4 0h1m2 0h3m1 0h1m1 0h2m1 0h2m3 0h1M4 14.5h1m4 0h4m1 0h4m1 0h1m4 0h2m1 0h8m3 0h5m1 0h1M4 15.5h2m1 0h3m1 0h1m2 0h1m2 0h3m1 0h5m2 0h1m1 0h2m1 0h3m2 0h1m1 0h2m1 0h1M7 16.5h1m1 0h2m2 0h3m1 0h2m6 0h4m4 0h2m1 0h2m5 0h1M6 17.5h1m1 0h1m2 0h1m1 0h2m2 0h1m5 0h4m2 0h1m4 0h2m2 0h3m1 0h2M5 18.5h1m3 0h2m3 0h4m3 0h2m1 0h2m3 0h6m1 0h1m1 0h2m4 0h1M4 19.5h1m1 0h3m3 0h2m2 0h2m2 0h2m3 0h1m2 0h1m1 0h1m2 0h1m2 0h1m1 0h3M4 20.5h1m2 0h1m1 0h2m1 0h1m1 0h1m3 0h1m4 0h1m2 0h3m1 0h3m4 0h1m1 0h1M11 21.5h3m2 0h1m1 0h3m3 0h2m3 0h1m2 0h1m1 0h1m1 0h6m1 0h2M8 22.5h4m1 0h2m6 0h1m2 0h1m2 0h1m3 0h1m4 0h3m3 0h3M4 23.5h1m3 0h2m1 0h2m1 0h1m2 0h2m2 0h4m1 0h1m3 0h7m1 0h2m1 0h1m2 0h1M4 24.5h2m1 0h1m2 0h1m3 0h1m1 0h4m2 0h2m2 0h1m2 0h2m2 0h1m1 0h3m1 0h1m1 0h3M6 25.5h4m6 0h1m2 0h1m1 0h1m1 0h1m1 0h1m1 0h1m3 0h4m3 0h4m2 0h1M4 26.5h1m5 0h1m3 0h2m1 0h3m1 0h1m2 0h1m2 0h5m2 0h1m2 0h2m1 0h2m2 0h1M4 27.5h2m1 0h2m5 0h1m1 0h2m3 0h2m1 0h3m3 0h1m2 0h2m4 0h1m1 0h1m2 0h1M4 28.5h4m1 0h2m3 0h1m2 0h2m2 0h1m2 0h2m2 0h2m1 0h3m1 0h1m1 0h1m2 0h1m2 0h2M6 29.5h2m1 0h1m1 0h4m3 0h1m3 0h1m3 0h2m1 0h5m2 0h2m1 0h2m1 0h1m1 0h1M4 30.5h2m3 0h2m1 0h3m2 0h4m1 0h1m2 0h1m1 0h3m1 0h1m2 0h1m3 0h1m1 0h1m2 0h2M5 31.5h1m3 0h1m3 0h1m1 0h1m1 0h1m1 0h1m1 0h3m1 0h2m3 0h1m2 0h1m4 0h1m1 0h2M5 32.5h2m1 0h1m1 0h1m2 0h2m3 0h1m1 0h6m5 0h1m1 0h1m3 0h1m1 0h1m3 0h2M4 33.5h1m3 0h2m1 0h2m1 0h3m2 0h2m2 0h1m2 0h1m1 0h5m1 0h1m1 0h9M7 34.5h1m1 0h5m1 0h1m2 0h2m1 0h3m3 0h6m1 0h1m3 0h1m4 0h2M7 35.5h2m2 0h1m1 0h1m2 0h1m2 0h3m1 0h5m4 0h2m1 0h1m1 0h2m2 0h1m1 0h1M4 36.5h2m1 0h1m1 0h2m1 0h3m2 0h1m8 0h1m2 0h1m2 0h1m2 0h7M12 37.5h2m2 0h2m2 0h4m2 0h1m5 0h5m3 0h1m3 0h1M4 38.5h7m1 0h2m2 0h1m2 0h2m1 0h1m2 0h3m1 0h3m2 0h1m1 0h1m1 0h1m1 0h1m1 0h3M4 39.5h1m5 0h1m3 0h1m1 0h1m1 0h1m1 0h1m2 0h1m1 0h1m3 0h1m3 0h4m3 0h2m1 0h1M4 40.5h1m1 0h3m1 0h1m1 0h3m1 0h1m6 0h2m2 0h3m1 0h1m1 0h1m1 0h10M4 41.5h1m1 0h3m1 0h1m2 0h1m1 0h1m1 0h1m4 0h2m1 0h3m1 0h4m4 0h1m3 0h3M4 42.5h1m1 0h3m1 0h1m2 0h1m4 0h2m2 0h1m1 0h1m1 0h3m2 0h1m1 0h3m1 0h1m3 0h2m1 0h1M4 43.5h1m5 0h1m3 0h6m1 0h1m2 0h5m1 0h1m1 0h2m1 0h2m2 0h1m1 0h1m1 0h2M4 44.5h7m1 0h2m2 0h1m1 0h5m2 0h2m1 0h1m4 0h1m2 0h2m2 0h1m2 0h1',
  },
};

export const demoCodes = ['0v5k-m2xq-8r7t-c4ha', '1w6n-p3yr-9s8v-d5jb', '2x7p-q4zs-at9w-e6kc', '3y8q-r50t-bvaw-f7md', '4z9r-s61v-cwbx-g8ne', '50as-t72w-dxcy-h9pf', '61bt-v83x-eydz-jaqg', '72cv-w94y-fze0-kbrh', '83dw-xa5z-g0f1-mcsj', '94ex-yb60-h1g2-ndtk'] as const;

/** Digits of an app: as they are usually asked for, where the device may be remembered, and of whoever is signed in and asked for more. */
const totpViews = { 'enter-totp': {}, 'enter-totp-remember': { remember_days: 30 }, 'enter-totp-step-up': { kind: 'step-up', stepping_up_as: 'robin@example.com' } } as const;

export const isOfTotp = (name: string): name is keyof typeof totpViews => Object.hasOwn(totpViews, name);

export const demoTotpView = (name: keyof typeof totpViews, inFlow: InFlow): EnterTotpView => ({ ...inFlow, ...totpViews[name], step: 'enter-totp', code_length: 6, other_methods: ['recovery-code'] });
