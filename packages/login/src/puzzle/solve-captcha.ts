/**
 * A vendor's captcha in the page.
 *
 * Owns: that the script is fetched once and only when one is asked, the place where it is shown, which no renderer of ours
 * touches and which goes when it is answered. Does not own: what the vendor shows there.
 */
import type { CaptchaPuzzle } from '@portico/contract';
import { captchaAdapters, type CaptchaScript } from './captcha-adapters.ts';

interface ScriptTrust {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** A blocked network may leave a script hanging, and the person with it. */
const longestMilliseconds = 20_000;

const scripts = new Map<string, Promise<void>>();

/** A page that asks for trusted types lets this policy make one kind of URL: of the vendors that are named there. */
function trust(src: string): string {
  const { trustedTypes } = window as { readonly trustedTypes?: ScriptTrust };
  return trustedTypes?.createPolicy('portico-captcha', { createScriptURL: (url) => url }).createScriptURL(src) ?? src;
}

function loadScript(src: string): Promise<void> {
  const loading = scripts.get(src) ?? new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    const fail = (): void => {
      scripts.delete(src);
      script.remove();
      reject(new Error(src));
    };
    const timer = setTimeout(fail, longestMilliseconds);
    script.addEventListener('load', () => {
      clearTimeout(timer);
      resolve();
    });
    script.addEventListener('error', fail);
    script.src = trust(src);
    document.head.append(script);
  });
  scripts.set(src, loading);
  return loading;
}

/** @returns what the vendor answers; nothing if its script does not come, or says that it failed. */
export async function solveCaptcha({ vendor, site_key: sitekey }: CaptchaPuzzle, host: HTMLElement): Promise<string | undefined> {
  const { src, global } = captchaAdapters[vendor];
  const place = document.createElement('div');
  place.slot = 'form';
  place.dataset['captcha'] = vendor;
  try {
    await loadScript(src);
    const script = (window as unknown as Readonly<Record<string, CaptchaScript>>)[global];
    if (script === undefined) return undefined;
    await new Promise<void>((resolve) => (script.ready === undefined ? resolve() : script.ready(resolve)));
    host.append(place);
    return await new Promise<string | undefined>((resolve) => {
      const fail = (): void => resolve(undefined);
      script.render(place, { sitekey, callback: resolve, 'error-callback': fail, 'expired-callback': fail });
    });
  } catch {
    return undefined;
  } finally {
    place.remove();
  }
}
