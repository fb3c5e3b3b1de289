import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asClock } from '../../src/flow/clock.ts';
import { belongsTo } from '../../src/flow/passkey-support.ts';
import { isSameSite } from '../../src/flow/same-site.ts';
import { digitsOf } from '../../src/parts/code-input.ts';

const place = (hostname: string, protocol = 'https:'): { hostname: string; protocol: string } => ({ hostname, protocol });

test('cookies travel between hosts of one site, and never where that is in doubt', () => {
  assert.ok(isSameSite(place('localhost'), place('localhost')));
  assert.ok(isSameSite(place('login.example.com'), place('app.example.com')));
  assert.ok(isSameSite(place('example.com'), place('login.example.com')));
  assert.ok(!isSameSite(place('one.co.uk'), place('two.co.uk')));
  assert.ok(!isSameSite(place('one.com'), place('two.com')));
  assert.ok(!isSameSite(place('10.0.0.1'), place('10.0.0.2')));
  assert.ok(!isSameSite(place('example.com'), place('example.com', 'http:')));
});

test('a relying party is the host itself or a domain above it', () => {
  assert.ok(belongsTo('login.example.com', 'example.com'));
  assert.ok(belongsTo('example.com', undefined));
  assert.ok(!belongsTo('badexample.com', 'example.com'));
});

test('digits of any script become 0 to 9, and nothing else stays', () => {
  assert.equal(digitsOf('１２３-٤٥٦ ۷८ x'), '12345678');
});

test('a wait is shown as minutes and seconds, and never below zero', () => {
  assert.deepEqual([asClock(5), asClock(65), asClock(-3)], ['0:05', '1:05', '0:00']);
});
