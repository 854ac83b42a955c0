import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { packageOf } from '../../../packaging/bundled-packages.ts'
import { differences, digestsUnder } from '../../../packaging/folder-digest.ts'
import { parseBill, shippedBill } from '../../../packaging/sbom-document.ts'
import { readLock, shippedPackages } from '../../../packaging/shipped-packages.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const rootFolder = resolve(import.meta.dirname, '../../..')
const isBuilt = existsSync(join(rootFolder, 'out', 'renderer', 'bundled-packages.json'))

test('the package of a module is that of the innermost folder of packages, on every system', () => {
  expect(packageOf('/a/node_modules/@audio/x/node_modules/long/index.js?v=1')).toBe('long')
  expect(packageOf('C:\\a\\node_modules\\@scope\\name\\dist\\x.js')).toBe('@scope/name')
  expect(packageOf('\0vite/modulepreload-polyfill.js')).toBe('vite')
  expect(packageOf('/a/src/main/index.ts')).toBeNull()
})

test.skipIf(!isBuilt)('what ships is the production tree, what the bundler copied in, and Electron', () => {
  const names = shippedPackages(rootFolder).map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['ws', 'better-sqlite3', 'svelte', 'electron', 'assemblyscript', 'tone']),
  )
  for (const name of ['vitest', 'eslint', 'electron-builder', 'playwright-core']) expect(names).not.toContain(name)
})

test.skipIf(!isBuilt)(
  'the bill of materials names every production package of the lock file, the same for the same lock file',
  () => {
    const lockText = readFileSync(join(rootFolder, 'package-lock.json'), 'utf8')
    const lock = readLock(rootFolder)
    // A link has no version in the lock file: it is its target's.
    const everything = Object.entries(lock).filter(
      ([place, { version }]) => place.startsWith('node_modules/') && version,
    )
    const component = ([place, { version = '' }]: (typeof everything)[number]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 13)
      return { 'bom-ref': `${name}@${version}`, name, version }
    }
    const whole = (timestamp: string) =>
      parseBill(
        JSON.stringify({
          bomFormat: 'CycloneDX',
          serialNumber: `urn:uuid:${timestamp}`,
          metadata: { timestamp, component: { name: 'some-folder' } },
          components: everything.map(component),
          dependencies: everything.map((entry) => ({ ref: component(entry)['bom-ref'], dependsOn: ['vitest@0.0.0'] })),
        }),
      )
    const shipped = shippedPackages(rootFolder)
    const bill = shippedBill(whole('1'), shipped, lockText)
    const billed = new Set(bill.components.map((part) => part['bom-ref']))
    const production = everything.filter(([, { dev }]) => dev !== true).map((entry) => component(entry)['bom-ref'])
    expect(production.filter((ref) => !billed.has(ref))).toEqual([])
    expect([...billed].filter((ref) => ref.startsWith('vitest@'))).toEqual([])
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn ?? [])).toEqual([])
    expect(bill.metadata.component.name).toBe('understudy')
    expect(shippedBill(whole('2'), shipped, lockText)).toEqual(bill)
    expect(shippedBill(whole('1'), shipped, `${lockText} `)['serialNumber']).not.toBe(bill['serialNumber'])
  },
)

test('two builds are compared by every byte and every name', () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()]
  for (const folder of [first, second]) {
    mkdirSync(join(folder, 'chunks'))
    writeFileSync(join(folder, 'chunks', 'a.js'), 'same')
  }
  expect(differences(digestsUnder(first), digestsUnder(second))).toEqual([])
  writeFileSync(join(first, 'chunks', 'a.js'), 'Same')
  writeFileSync(join(second, 'b.js'), '')
  expect(differences(digestsUnder(first), digestsUnder(second))).toEqual([
    'other bytes: chunks/a.js',
    'only in the second: b.js',
  ])
})
