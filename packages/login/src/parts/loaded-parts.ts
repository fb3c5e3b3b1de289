/** What providers add to any step, once it is here: most apps have none, and fetch nothing of it. */
export const loadedParts: { providers?: typeof import('./provider-ways.ts') } = {};
