/** Why an answer was refused. For the audit trail; outside, every cause but an unknown credential looks the same. */
export type RefusalReason =
  | 'challenge_foreign'
  | 'challenge_over'
  | 'malformed'
  | 'type_wrong'
  | 'challenge_wrong'
  | 'origin_wrong'
  | 'top_origin_wrong'
  | 'credential_unknown'
  | 'rp_id_wrong'
  | 'user_handle_missing'
  | 'user_handle_wrong'
  | 'owner_wrong'
  | 'user_gone'
  | 'user_suspended'
  | 'assertion_invalid'
  | 'registration_invalid'
  | 'credential_id_wrong'
  | 'backup_eligibility_changed'
  | 'counter_regressed'
  | 'aaguid_not_allowed'
  | 'synced_not_allowed'
  | 'too_many_passkeys'
  | 'credential_exists';

/** Thrown by a check and caught once, where it becomes a verdict: no caller of the method ever sees it. */
export class PasskeyRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'PasskeyRefusal';
    this.reason = reason;
  }
}

/** Runs `judge` and gives its refusal as a value. What is no refusal is a fault of the machine, and is thrown on. */
export async function catchRefusal<Value>(judge: () => Promise<Value>): Promise<Value | PasskeyRefusal> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof PasskeyRefusal) return error;
    throw error;
  }
}
