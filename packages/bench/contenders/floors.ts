/** What no login can pass, and an API with and without a check of tokens. */
import { expectJson, expectStatus } from '../load/http-client.ts';
import type { Prepare } from '../scenario.ts';

const asToken = (token: string): { readonly headers: Record<string, string> } => ({ headers: { authorization: `Bearer ${token}` } });

export const showNothing: Prepare = ({ http }) => Promise.resolve(async () => void expectJson(await http.ask('/'), 'ok'));

/** The least that an exchange costs: see servers/floor-exchange.ts. */
export const exchangeCode: Prepare = async ({ http, supply }) => {
  const made = await http.ask('/codes', { method: 'POST', form: { count: String(supply) } });
  const codes = JSON.parse(expectStatus(made, 200).text) as string[];
  return async () => {
    const code = codes.pop();
    if (code === undefined) return 'done';
    expectJson(await http.ask('/token', { method: 'POST', form: { code } }), 'access_token', 'refresh_token', 'id_token');
    return undefined;
  };
};

export const askBareRoute: Prepare = ({ http }) => Promise.resolve(async () => void expectJson(await http.ask('/bare'), 'ok'));

/** Always the same token: after the first request it has been seen before. */
const withOneToken = (path: string): Prepare => async ({ http }) => {
  const [token = ''] = JSON.parse((await http.ask('/tokens/1')).text) as string[];
  return async () => void expectJson(await http.ask(path, asToken(token)), 'ok');
};

/** Each token once. */
const withNewTokens = (path: string): Prepare => async ({ http, supply }) => {
  const tokens = JSON.parse((await http.ask(`/tokens/${supply}`)).text) as string[];
  return async () => {
    const token = tokens.pop();
    if (token === undefined) return 'done';
    expectJson(await http.ask(path, asToken(token)), 'ok');
    return undefined;
  };
};

/** What it costs to be sent a token, which the guarded route cannot do without, is in this one. */
export const askBareRouteWithToken = withOneToken('/bare');
export const guardSeenToken = withOneToken('/guarded');
export const guardNewToken = withNewTokens('/guarded');
export const checkByHand = withOneToken('/by-hand');
