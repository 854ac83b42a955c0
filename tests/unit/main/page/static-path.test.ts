import fc from 'fast-check'
import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { staticPath } from '../../../../src/main/page/static-path.ts'

const folder = join(sep, 'program', 'out', 'renderer')

test('the root is the page, and files lie under it', () => {
  expect(staticPath(folder, '/')).toBe(join(folder, 'index.html'))
  expect(staticPath(folder, '/assets/index-1.js')).toBe(join(folder, 'assets', 'index-1.js'))
})

test.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/a/../../secret.json',
  '/..\\secret.json',
  '/a%00.js',
  '/%zz.js',
])('%s leads nowhere', (pathname) => expect(staticPath(folder, pathname)).toBe(null))

test('files of a kind that the page has no use for are not served', () => {
  expect(staticPath(folder, '/index.js.map')).toBe(null)
  expect(staticPath(folder, '/.env')).toBe(null)
})

test('no address leads out of the folder', () => {
  const part = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', 'a', 'x.js', '%5c', '')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = staticPath(folder, `/${parts.join('/')}`)
      expect(path === null || path.startsWith(folder + sep)).toBe(true)
    }),
  )
})
