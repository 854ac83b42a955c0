import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseBill, shippedBill } from './sbom-document.ts'
import { shippedPackages } from './shipped-packages.ts'

/** `npm run sbom [-- FILE]`: the bill of materials of what ships, as CycloneDX, by npm's own hand; needs no network. */
const rootFolder = resolve(import.meta.dirname, '..')
const path = resolve(process.argv[2] ?? join(rootFolder, 'dist', 'understudy.cdx.json'))
const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only']
// npm is a script of Node's on every system, and where this runs by npm it says where it lies.
const npm = process.env['npm_execpath']
const [program, ahead] = npm === undefined ? ['npm', []] : [process.execPath, [npm]]
const text = execFileSync(program, [...ahead, ...words], {
  cwd: rootFolder,
  encoding: 'utf8',
  maxBuffer: 64 * 2 ** 20,
  stdio: ['ignore', 'pipe', 'ignore'],
})
const lockText = readFileSync(join(rootFolder, 'package-lock.json'), 'utf8')
const bill = shippedBill(parseBill(text), shippedPackages(rootFolder), lockText)
mkdirSync(dirname(path), { recursive: true })
writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`)
process.stdout.write(`${bill.components.length} works, written to ${path}\n`)
