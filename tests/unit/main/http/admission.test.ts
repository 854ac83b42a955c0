import { expect, test } from 'vitest'
import { bearerToken, isOwnHost, isOwnOrigin, isSameSite, isToken } from '../../../../src/main/http/admission.ts'

test.each(['127.0.0.1:80', 'localhost', 'LOCALHOST:8123', '[::1]:9'])('%s is this machine', (host) => {
  expect(isOwnHost(host)).toBe(true)
})

test.each([
  undefined,
  '',
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil',
  '127.0.0.1@evil',
  '[::2]',
  'x:1:2',
])('%s is not', (host) => expect(isOwnHost(host)).toBe(false))

test('a page is ours when it came from the very name and port that it asks now', () => {
  expect(isOwnOrigin({ host: 'localhost:1', origin: 'http://localhost:1' })).toBe(true)
  expect(isOwnOrigin({ host: 'localhost:1', origin: 'http://localhost:2' })).toBe(false)
  expect(isOwnOrigin({ host: 'localhost:1', origin: 'https://localhost:1' })).toBe(false)
  expect(isOwnOrigin({ host: 'localhost:1' })).toBe(false)
  expect(isOwnOrigin({ host: 'evil.example', origin: 'http://evil.example' })).toBe(false)
})

test('what a browser marks as coming from elsewhere is refused', () => {
  expect(isSameSite({ host: 'localhost' })).toBe(true)
  expect(isSameSite({ host: 'localhost', 'sec-fetch-site': 'same-origin' })).toBe(true)
  expect(isSameSite({ host: 'localhost', 'sec-fetch-site': 'same-site' })).toBe(false)
  expect(isSameSite({ host: 'localhost', origin: 'null' })).toBe(false)
})

test('a token is the whole token', () => {
  expect(isToken('secret', 'secret')).toBe(true)
  expect(['', 'secre', 'secrets', 'Secret'].some((given) => isToken(given, 'secret'))).toBe(false)
  expect(bearerToken({ authorization: 'Bearer secret' })).toBe('secret')
  expect(bearerToken({ authorization: 'Basic secret' })).toBe('')
})
