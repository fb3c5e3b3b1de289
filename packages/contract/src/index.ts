/**
 * What the widget and the server must agree on. This package imports nothing.
 */
export { type ErrorCode, errorCodes } from './error-code.ts';
export type { FieldFault, Problem } from './problem.ts';
export type { SetPasswordView } from './set-password-view.ts';
export {
  flowKinds,
  methodNames,
  mfaPolicies,
  secondMethodNames,
  recoveryMessages,
  usernameChoices,
  type FlowKind,
  type IdentifierKind,
  type MethodName,
  type MfaPolicy,
  type SecondMethodName,
  type SecondCodeName,
  type RecoveryMessage,
  type StepName,
  type UsernameChoice,
} from './names.ts';
export type {
  BlockedView,
  ChooseMethodView,
  ConsentView,
  DoneView,
  EnrollPasskeyView,
  EnterCodeView,
  EnterPasswordView,
  FlowView,
  IdentifyView,
  LeaveToProviderView,
  MailSentView,
  PasskeyCreation,
  PasskeyRequest,
  PasskeySignal,
  StartedFlow,
  UsePasskeyView,
  WaitForLinkView,
} from './flow-view.ts';
export type { EnterAccessCodeView } from './access-code-view.ts';
export type { ApproveView } from './approve-view.ts';
export { profileFieldNames, type CompleteProfileView, type ProfileFieldName, type ProfileFieldView } from './profile-view.ts';
export type { EnrollContactView, EnrollTotpView, EnterRecoveryCodeView, EnterTotpView, QrCode, RememberDays, SecondFactorView, ShowRecoveryCodesView } from './second-factor-view.ts';
export type { CreationOptionsJson, CredentialDescriptorJson, RequestOptionsJson } from './webauthn-json.ts';
export { actionNames, type ActionName, type FlowActions } from './flow-action.ts';
export type { AuthorizationParameters, FlowRequest } from './flow-request.ts';
export type { BrandingView, LoginPreferencesView, MethodView } from './login-preferences-view.ts';
export type { AccessTokenClaims, Acr, Amr, IdTokenClaims, StandardClaims } from './claims.ts';
export type { CharacterKind, PasswordChange, PasswordCheck, PasswordRulesView } from './password-rules.ts';
export { refuseUnknown } from './refuse-unknown.ts';
export { readStepUpChallenge, type StepUpChallenge } from './step-up-challenge.ts';
export type { ProviderBrand, ProviderView } from './provider-view.ts';
export { captchaVendors, type CaptchaPuzzle, type CaptchaVendor, type PuzzleView, type WorkPuzzle } from './puzzle-view.ts';
export type { BackendDoneView, BackendFlowRequest, BackendFlowView, BackendTokens, EndUser, StartedBackendFlow } from './backend-flow.ts';
export { flowPaths } from './flow-paths.ts';
export { flowHeader, paths, puzzleHeader, wellKnown } from './paths.ts';
