import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { openerOf } from '../../../src/main/browser.ts'
import { applicationPaths, installationOf } from '../../../src/main/paths.ts'
import { isNodeRecent, pinnedNode } from '../../../src/main/preflight.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const root = join(import.meta.dirname, '../../..')

test.each([
  ['24.21.0', true],
  ['22.12.0', true],
  ['22.11.9', false],
  ['20.20.2', false],
  ['30.0.0', true],
])('Node %s can run the program: %s', (version, isFine) => expect(isNodeRecent(version)).toBe(isFine))

test('the pinned Node is found beside the program, and nowhere else', () => {
  expect(pinnedNode(root, 'linux')).toBe(join(root, 'node_modules/node/bin/node'))
  expect(pinnedNode(temporaryFolder(), 'linux')).toBe(null)
})

test('the program finds its parts from source and from the bundle', () => {
  const fromSource = installationOf(pathToFileURL(join(root, 'src/main/cli.ts')).href)
  const fromBundle = installationOf(pathToFileURL(join(root, 'out/main/cli.js')).href)
  expect(fromSource.rootFolder).toBe(root)
  expect(fromBundle.rootFolder).toBe(root)
  expect(fromSource.libraryWorkerPath).toBe(join(root, 'src/main/library/worker.ts'))
  expect(fromBundle.computeWorkerPath).toBe(join(root, 'out/main/compute-worker.js'))
})

test('UNDERSTUDY_HOME decides where the library lies; empty means unset', () => {
  const installation = { modelsFolder: 'models' }
  expect(applicationPaths(installation, { UNDERSTUDY_HOME: '/music/home' }).homeFolder).toBe('/music/home')
  expect(applicationPaths(installation, { UNDERSTUDY_HOME: '' }).homeFolder).toContain('Understudy')
})

test('a browser is opened only where there is a screen, and never through a shell', () => {
  expect(openerOf('linux', {})).toBe(null)
  expect(openerOf('linux', { DISPLAY: ':0' })?.program).toBe('xdg-open')
  expect(openerOf('darwin', {})?.program).toBe('open')
  expect(openerOf('win32', {})?.program).toBe('rundll32')
})
