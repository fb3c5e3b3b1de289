import type { Answer } from './http-client.ts';

/** The cookies of one browser. */
export interface CookieJar {
  keep(answer: Answer): Answer;
  header(): Readonly<Record<string, string>>;
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    keep: (answer) => {
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [pair = ''] = line.split(';');
        const split = pair.indexOf('=');
        if (/;\s*max-age=0(;|$)/i.test(line) || pair.endsWith('=')) cookies.delete(pair.slice(0, split));
        else cookies.set(pair.slice(0, split), pair.slice(split + 1));
      }
      return answer;
    },
    header: () => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
  };
}
