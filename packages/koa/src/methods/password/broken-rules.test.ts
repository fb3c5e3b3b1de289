import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultPreferences } from '../../preferences/default-preferences.ts';
import { listBrokenRules } from './broken-rules.ts';
import { personalWords } from './guessability.ts';

const rules = defaultPreferences.methods.password;
const personal = personalWords({ email: 'robin.walker@orchard.example' }, 'Acorn Reports');
const broken = (password: string, changes: Partial<typeof rules> = {}) => listBrokenRules(password, { ...rules, ...changes }, personal);

describe('the rules of a new password', () => {
  test('by default ask for fifteen characters that are hard to guess, and for nothing else', async () => {
    for (const good of ['ein Seehund wohnt im Turm', 'correct horse battery staple', 'семь тюленей живут в башне', '塔に住むアザラシは七頭いる、たぶん', '🦭🗼🪔🐋🦓🛢️🍋🧭🪁🎷🧵🪐🧊🫖🪵']) {
      assert.deepEqual(await broken(good), [], good);
    }
  });

  test('count characters as people do, not what they are stored in', async () => {
    assert.deepEqual(await broken('🦭🗼🪔🐋🦓🍋🧭'), ['password_too_short']);
    assert.deepEqual(await broken('kurz'), ['password_too_short', 'password_guessable']);
  });

  test('take a drawn one of the least length that an app may ask for, with a dot in it as well', async () => {
    for (const drawn of ['xK7pw2Zq', 'u9Rb4xWm', 'Wq3%vT8k', 'xK7-w2Zq', '.Q7v+pZ4', 'm/9Rd-Xu']) {
      assert.deepEqual(await broken(drawn, { minLength: 8 }), [], drawn);
    }
    for (const bad of ['Sommer26', 'Berlin99', 'p-a-s-s-', '. . . . ', 'qwe-rtz1', 'Nora1987', '--------']) {
      assert.deepEqual(await broken(bad, { minLength: 8 }), ['password_guessable'], bad);
    }
  });

  test('refuse what is leaked, repeated or on a row of keys, however long it is', async () => {
    for (const bad of ['password123456789', 'aaaaaaaaaaaaaaaaaaaa', 'qwertyuiopasdfghjkl', 'abcdefghijklmnopqrs', 'abcabcabcabcabcabc', '123456789123456789', 'P@ssw0rdP@ssw0rd', 'internationalization', 'mondaytuesdaywednesday', 'saturdaysunday12']) {
      assert.deepEqual(await broken(bad), ['password_guessable'], bad);
    }
  });

  test('refuse what is easy to guess without blanks, dots, accents or wide letters', async () => {
    for (const bad of ['password password', 'p a s s w o r d 1 2 3', 'pässwörd pässwörd', 'ＰＡＳＳＷＯＲＤ ＰＡＳＳＷＯＲＤ', 'q.w.e.r.t.y.u.i.o.p', 'abc / abc / abc / abc']) {
      assert.deepEqual(await broken(bad), ['password_guessable'], bad);
    }
    for (const good of ['मेरा कुत्ता बहुत अच्छा है', 'สุนัขของฉันน่ารักมาก', '우리집 강아지는 오늘도 귀여워요', '🦭 🗼 🪔 🐋 🦓 🛢️ 🍋 🧭 🪁']) {
      assert.deepEqual(await broken(good), [], good);
    }
  });

  test('refuse what is nothing but names that are known of somebody, however many, and little beside them', async () => {
    for (const bad of ['Robin Walker Orchard', 'walker-acorn-orchard-26', 'robinwalkeracorn', 'Reports Acorn Robin!']) {
      assert.deepEqual(await broken(bad), ['password_personal'], bad);
    }
    for (const good of ['robinwalker!@#%^', 'walker mag Zitronen']) assert.deepEqual(await broken(good), [], good);
    const known = personalWords({ phone: '+4915187264951', email: 'mo@orchard.example' }, 'Acorn Reports');
    assert.deepEqual(await listBrokenRules('+49 151 8726 4951 acorn', rules, known), ['password_personal']);
  });

  test('refuse what is made of the address or of the app’s name, and say that it is that', async () => {
    for (const bad of ['robin.walker@orchard.example', 'ROBIN.WALKER@ORCHARD.EXAMPLE', 'Acorn Reports 123', 'elpmaxe.drahcro@reklaw.nibor']) {
      assert.deepEqual(await broken(bad), ['password_personal'], bad);
    }
    assert.deepEqual(await broken('robin sah sieben Seehunde im Turm'), [], 'one of them in a long sentence is no harm');
  });

  test('refuse what is made of the number', async () => {
    const known = personalWords({ phone: '+4915187264951' }, 'Acorn Reports');
    for (const bad of ['+4915187264951!!!', '+4915187264951+4915187264951']) {
      assert.deepEqual(await listBrokenRules(bad, rules, known), ['password_personal'], bad);
    }
    assert.deepEqual(await listBrokenRules('7264 Seehunde im Turm', rules, known), []);
  });

  test('say all at once what is missing where composition rules are on, letters of every script counted', async () => {
    const all = { requiredKinds: ['lowercase', 'uppercase', 'digit', 'symbol'] } as const;
    assert.deepEqual(await broken('塔に住むアザラシは七頭いるよたぶんね', all), ['password_lacks_lowercase', 'password_lacks_uppercase', 'password_lacks_digit', 'password_lacks_symbol']);
    assert.deepEqual(await broken('Семь тюленей живут в башне №٧', all), []);
  });

  test('can leave out guessing', async () => {
    assert.deepEqual(await broken('password123456789', { refusesGuessable: false }), []);
  });

  test('look at no more than its length where a password is longer than any may be', async () => {
    assert.deepEqual(await broken('x'.repeat(257), { requiredKinds: ['digit'] }), ['password_too_long']);
    assert.deepEqual(await broken('🦭'.repeat(256), { refusesGuessable: false }), []);
  });
});
