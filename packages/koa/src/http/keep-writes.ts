import type { Guard } from './http-deps.ts';

/** No answer leaves before what it rests on is kept: neither a success, nor a refusal that has spent an attempt. */
export const keepWrites: Guard = ({ store }) => async (_ctx, next) => {
  const kept = store.watchWrites();
  try {
    await next();
  } finally {
    await kept();
  }
};
