import type { ApproveView, BlockedView, CharacterKind, MethodName, PasswordChange, ProfileFieldName, PuzzleView } from '@portico/contract';
import type { FaultCode } from '../flow/outcome.ts';

/** Reasons that no first screen shows: of a mail's code or link, of a password, of a second factor, of a provider, of what somebody says of themselves, or of a puzzle. */
type LaterFaultCode = Extract<FaultCode, `code_${string}` | `link_${string}` | `password_${string}` | `totp_${string}` | `recovery_${string}` | `provider_${string}` | `profile_${string}` | `username_${string}`
  | 'field_too_long' | 'contact_taken' | 'last_way_in' | 'last_second_factor' | 'reauthentication_required' | 'resend_too_soon' | 'passkey_exists'
  | 'client_refused' | 'exchange_failed' | 'access_declined' | 'redirect_refused' | 'puzzle_required' | 'window_blocked'>;
type FirstFaultCode = Exclude<FaultCode, LaterFaultCode>;

/**
 * What the first screen says in one language, and what may be said at every step.
 * Addresses and times come in already isolated from the direction of the text around them (`isolate`).
 */
export interface FirstCopy {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';

  signInTo(app: string): string;
  signUpTo(app: string): string;
  recover(app: string): string;
  readonly loading: string;
  readonly emailLabel: string;
  readonly phoneLabel: string;
  readonly emailOrPhoneLabel: string;
  /** Goes right behind the label before it. */
  readonly orUsername: string;
  readonly continue: string;
  readonly or: string;
  readonly signInWithPasskey: string;
  readonly signUpWithPasskey: string;
  readonly crossDevice: string;
  continueAs(address: string): string;
  readonly notMe: string;
  readonly noAccount: string;
  readonly createAccount: string;
  readonly haveAccount: string;
  readonly signInInstead: string;
  readonly lastUsed: string;
  readonly passkeyInWebView: string;
  readonly passkeyAsking: string;

  readonly tryAgain: string;
  readonly stoppedTitle: string;
  readonly offline: string;
  requestId(id: string): string;

  readonly errors: Readonly<Record<FirstFaultCode, string> & Partial<Record<LaterFaultCode, string>>>;
}

/** Every text of the widget in one language. A text that is missing does not compile. */
export interface Copy extends FirstCopy {
  readonly codeTitle: string;
  codeSentTo(address: string): string;
  codeSendingTo(address: string): string;
  codeDelayed(address: string): string;
  codeLabel(digits: number): string;
  readonly change: string;
  readonly changeAddress: string;
  attemptsLeft(attempts: number): string;
  codeEndsIn(minutes: number): string;
  readonly codeEnded: string;
  readonly codeHasLink: string;
  readonly resendCode: string;
  readonly resendLink: string;
  resendIn(clock: string): string;
  readonly resendNone: string;
  readonly newCodeSent: string;
  readonly newLinkSent: string;
  readonly codeReplaces: string;
  readonly linkReplaces: string;
  readonly nothingArrived: string;
  readonly spamHint: string;

  readonly smsTitle: string;
  smsSendingTo(number: string): string;
  readonly changeNumber: string;
  readonly smsResendNone: string;
  readonly smsHint: string;

  readonly linkTitle: string;
  linkSentTo(address: string): string;
  linkSendingTo(address: string): string;
  readonly linkWaiting: string;
  readonly linkApproved: string;
  readonly linkEnded: string;
  readonly numberLabel: string;
  readonly numberHint: string;

  readonly chooseTitle: string;
  readonly otherWays: string;
  readonly methods: Readonly<Record<MethodName, string>>;
  readonly methodHints: Readonly<Record<MethodName, string>>;

  readonly passwordTitle: string;
  readonly passwordLabel: string;
  readonly showPassword: string;
  readonly capsLock: string;
  readonly forgotPassword: string;
  readonly hasNewPassword: string;
  readonly createPasswordTitle: string;
  readonly newPasswordTitle: string;
  /** Why the password that was right has to be replaced. */
  readonly passwordChanges: Readonly<Record<PasswordChange, string>>;
  /** Of one alone: the present password. */
  notUsedBefore(count: number): string;
  readonly newPasswordLabel: string;
  readonly savePassword: string;
  readonly usernameLabel: string;
  readonly usernameHint: string;
  atLeastCharacters(characters: number): string;
  atMostCharacters(characters: number): string;
  readonly passwordKinds: Readonly<Record<CharacterKind, string>>;
  readonly hardToGuess: string;
  /** Said after a rule, with what parts the two. */
  readonly ruleStates: Readonly<Record<'met' | 'open' | 'broken' | 'unknown', string>>;
  readonly rulesMet: string;
  rulesMissing(rules: string): string;

  continueWith(provider: string): string;
  providerTitle(provider: string): string;
  providerHint(provider: string): string;
  readonly providerApproved: string;
  providerAgain(provider: string): string;
  linkingExists(provider: string): string;
  linkingEmail(provider: string): string;
  /** Of whoever is signed in and adds an account at a provider. */
  readonly accountTitle: string;
  accountLead(person: string): string;
  readonly accountDone: string;

  readonly passkeyTitle: string;
  readonly passkeyHint: string;
  readonly passkeyAgain: string;

  readonly approveTitle: string;
  readonly approveLead: string;
  readonly approveQrLabel: string;
  readonly approveNumberHint: string;
  readonly approveCannotScan: string;
  readonly approveStates: Readonly<Record<ApproveView['state'], string>>;
  readonly newCode: string;

  readonly secondTitle: string;
  readonly secondLead: string;
  /** All of the second factors, where support lets the person replace them. */
  readonly lostAll: string;
  /** Nothing that the person has can be shown or set up here. */
  readonly noSecond: string;
  readonly getHelp: string;
  readonly addSecondTitle: string;
  readonly addSecondLead: string;
  readonly addContactLead: string;
  recoveryCodesLeft(codes: number): string;
  readonly totpTitle: string;
  readonly totpLead: string;
  /** Where the number of digits is not known. */
  readonly totpLabel: string;
  readonly accessTitle: string;
  readonly accessLead: string;
  rememberDevice(days: number): string;
  /** Above each step of whoever is signed in and is asked for more. */
  /** @param person whose account it is, where it has a name */
  stepUpLead(person?: string): string;
  readonly recoveryTitle: string;
  readonly recoveryLead: string;
  readonly recoveryLabel: string;
  readonly enrollTotpTitle: string;
  readonly enrollTotpLead: string;
  readonly qrLabel: string;
  readonly totpSecretLabel: string;
  readonly openTotpApp: string;
  readonly totpFirstCode: string;
  readonly codesTitle: string;
  readonly codesLead: string;
  readonly copyCodes: string;
  readonly codesCopied: string;
  readonly downloadCodes: string;
  readonly printCodes: string;
  readonly typeOneCode: string;

  readonly profileTitle: string;
  readonly profileLabels: Readonly<Record<ProfileFieldName, string>>;
  /** The label of a field that may stay empty. */
  optional(label: string): string;

  readonly enrollTitle: string;
  readonly enrollTitleSignUp: string;
  readonly enrollBenefits: readonly string[];
  readonly enrollHint: string;
  readonly enroll: string;
  readonly enrolling: string;
  readonly enrollUpgrading: string;
  readonly skip: string;
  readonly skipForever: string;

  consentTitle(client: string): string;
  consentAs(address: string): string;
  consentAsks(client: string): string;
  /** By scope; one that is missing is shown as it is. */
  readonly scopes: Readonly<Record<string, string>>;
  consentResource(resource: string): string;
  readonly allow: string;
  readonly deny: string;

  readonly blockedTitle: string;
  readonly blockedReasons: Readonly<Record<BlockedView['reason'], string>>;
  blockedFor(clock: string): string;
  readonly blockedOver: string;

  readonly doneTitle: string;
  readonly doneLeaving: string;
  readonly doneStaying: string;
  readonly doneElsewhere: string;
  readonly doneElsewhereHint: string;

  /** What is said while a puzzle is being solved. */
  readonly puzzles: Readonly<Record<PuzzleView['kind'], string>>;

  readonly unknownTitle: string;
  readonly unknownText: string;
  readonly back: string;
  readonly startAgain: string;

  readonly errors: Readonly<Record<FaultCode, string>>;
}

/** What is fetched with the first later step, where the first screen's texts came with the element. */
export type LaterCopy = Omit<Copy, keyof FirstCopy> & { readonly errors: Readonly<Record<LaterFaultCode, string>> };

/** First strong isolate … pop: keeps an address or a clock whole inside a text of the other direction (UAX #9). */
export const isolate = (text: string): string => `\u2068${text}\u2069`;
