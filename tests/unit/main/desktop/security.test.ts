import { expect, test } from 'vitest'
import {
  isAllowedOutside,
  isAllowedKnowledge,
  isAllowedPermission,
  isOwnPage,
  isTrustedSender,
  PAGE_ADDRESS,
  webPreferences,
} from '../../../../src/main/desktop/security.ts'

test('the page is ours by scheme and host, not by how its address looks', () => {
  expect(isOwnPage(PAGE_ADDRESS)).toBe(true)
  const foreign = [
    'app://understudy.evil/index.html',
    'app://evil/understudy/index.html',
    'app://user@understudy/index.html',
    'https://understudy/index.html',
    'file:///index.html',
    'about:blank',
    '',
    'app:understudy',
  ]
  expect(foreign.filter((address) => isOwnPage(address))).toEqual([])
})

test('only the top frame of our page is listened to', () => {
  expect(isTrustedSender({ url: PAGE_ADDRESS, parent: null })).toBe(true)
  expect(isTrustedSender({ url: PAGE_ADDRESS, parent: {} })).toBe(false)
  expect(isTrustedSender({ url: 'https://evil.example', parent: null })).toBe(false)
  expect(isTrustedSender(null)).toBe(false)
})

test('links open outside only over https and only where we know the place', () => {
  expect(isAllowedOutside('https://creativecommons.org/licenses/by/4.0/')).toBe(true)
  const refused = [
    'http://creativecommons.org/',
    'https://creativecommons.org.evil.example/',
    'https://evil@creativecommons.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not an address',
  ]
  expect(refused.filter(isAllowedOutside)).toEqual([])
})

test('the window is a page behind a bridge', () => {
  expect(webPreferences('/preload.cjs')).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    experimentalFeatures: false,
  })
})

test('no permission is given but choosing an output', () => {
  const asked = ['media', 'geolocation', 'notifications', 'midi', 'fileSystem', 'speaker-selection']
  expect(asked.filter(isAllowedPermission)).toEqual(['speaker-selection'])
})

test('the page may know the names of audio outputs, and still opens no microphone', () => {
  expect(isAllowedKnowledge('media', 'audio')).toBe(true)
  expect(isAllowedKnowledge('media', 'video')).toBe(false)
  expect(isAllowedKnowledge('geolocation', undefined)).toBe(false)
  expect(isAllowedPermission('media')).toBe(false)
})
