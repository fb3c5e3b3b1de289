/**
 * Names that read as if the service spoke: who runs it, who answers there, and the mailboxes and hosts that stand for a whole
 * domain (RFC 2142). Nobody chooses one; the host may give one.
 */
export const reservedUsernames: readonly string[] = [
  'abuse', 'account', 'accounts', 'admin', 'administrator', 'administrators', 'admins', 'anonymous', 'api', 'auth', 'billing', 'bot', 'contact', 'customerservice', 'daemon', 'developer',
  'everybody', 'everyone', 'guest', 'help', 'helpdesk', 'hostmaster', 'info', 'legal', 'login', 'logout', 'mail', 'mailerdaemon', 'marketing', 'moderator',
  'moderators', 'news', 'nobody', 'noreply', 'notifications', 'null', 'official', 'operator', 'owner', 'payment', 'payments', 'postmaster', 'press', 'privacy', 'root', 'sales',
  'security', 'service', 'signin', 'signup', 'staff', 'status', 'superuser', 'support', 'sysadmin', 'sysop', 'system', 'team', 'undefined', 'unknown', 'user',
  'username', 'webmaster', 'www',
];
