import type { CompleteProfileView } from '@portico/contract';
import { afterEach, describe, equal, it } from './mocha.ts';
import { press } from './devtools.ts';
import { cleanUp, FakeIssuer, fill, find, input, issuer, mount, step, submit, until, view } from './support.ts';

const attributes = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const asking = (fields: CompleteProfileView['fields'], maySkip = false): CompleteProfileView => ({ ...view('complete-profile'), step: 'complete-profile', fields, may_skip: maySkip });
const all = asking([{ name: 'name', is_required: false }, { name: 'given_name', is_required: true, value: 'Robin' }, { name: 'family_name', is_required: true }]);

describe('the step where somebody says who they are', () => {
  afterEach(cleanUp);

  it('has a field for each that is asked, in their order, with what is known and with the token by which browsers fill it', async () => {
    new FakeIssuer().on('/flows', all);
    const element = mount(attributes);
    await step(element, 'complete-profile');
    const fields = [...element.querySelectorAll('input')];
    equal(fields.map(({ name, autocomplete, required, value, maxLength }) => [name, autocomplete, required, value, maxLength]), [
      ['name', 'name', false, '', -1], ['given_name', 'given-name', true, 'Robin', -1], ['family_name', 'family-name', true, '', -1],
    ]);
    equal(fields.map(({ labels }) => labels?.[0]?.textContent), ['Full name (optional)', 'First name', 'Last name']);
    equal(element.querySelector('[data-action=skip]'), null);
  });

  it('shows what is wrong at its own field, tied to it, and keeps what was typed', async () => {
    const errors = [{ path: 'name', code: 'field_too_long' }, { path: 'family_name', code: 'field_missing' }] as const;
    const server = new FakeIssuer().on('/flows', all).on('/flow/submit-profile', { problem: { code: 'profile_refused', errors, flow: all } });
    const element = mount(attributes);
    fill(await input(element, 'name'), 'Robin of somewhere');
    fill(await input(element, 'given_name'), 'Robyn');
    submit(element);
    await until(() => element.querySelector('#auth-login-family_name-error'), 'the error');
    equal(server.sentTo('/flow/submit-profile')[0]?.body, { name: 'Robin of somewhere', given_name: 'Robyn', family_name: '' });
    const fields = [...element.querySelectorAll('input')];
    equal(fields.map(({ value, ariaInvalid }) => [value, ariaInvalid]), [['Robin of somewhere', 'true'], ['Robyn', null], ['', 'true']]);
    equal(fields.map((field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent?.trim()), ['That is too long.', undefined, 'Please fill in this field.']);
    equal(element.querySelector('[data-fault]'), null, 'nothing above the form');
    await until(() => document.activeElement === fields[0], 'the focus at the first field at fault');
  });

  it('says above the form what is of no field', async () => {
    new FakeIssuer().on('/flows', all).on('/flow/submit-profile', { problem: { code: 'flow_busy', flow: all } });
    const element = mount(attributes);
    await step(element, 'complete-profile');
    submit(element);
    await find(element, '[data-fault=flow_busy]');
  });

  it('is skipped by a press, where it may be', async () => {
    const server = new FakeIssuer().on('/flows', asking([{ name: 'name', is_required: false }], true)).on('/flow/skip', view('done'));
    const element = mount(attributes);
    await press(await find(element, '[data-action=skip]'));
    await until(() => server.sentTo('/flow/skip')[0], 'skip');
  });
});
