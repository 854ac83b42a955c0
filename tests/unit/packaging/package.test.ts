import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { unpackedForReplacement } from '../../../packaging/replaceable-packages.ts'
import { readBuilderConfiguration } from '../../../packaging/builder-configuration.ts'
import { findElectron } from '../../../packaging/electron-at-hand.ts'
import { fuseComplaints, fuseNames, readFuseWires, type FuseName } from '../../../packaging/fuse-wire.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const rootFolder = resolve(import.meta.dirname, '../../..')
const wire = (states: string) =>
  Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, states.length]), Buffer.from(states)])
const padding = Buffer.alloc(1000, 7)
/** As Electron comes, unfused. */
const untouched = '101100011'

/** The library that electron-builder flips fuses with. */
interface Fuses {
  readonly FuseVersion: { readonly V1: string }
  flipFuses(path: string, states: Readonly<Record<string, unknown>>): Promise<number>
}
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const fuses = createRequire(builder.resolve('app-builder-lib/package.json'))('@electron/fuses') as Fuses // by its own types

describe('electron-builder.yml', async () => {
  const read = await readBuilderConfiguration(rootFolder)

  test('fits electron-builder’s own schema, and each system has its installers', () => {
    expect(read.mac.target).toEqual(['dmg', 'zip'])
    expect(read.win.target).toEqual(['nsis'])
    expect(read.linux.target).toEqual(['AppImage', 'deb'])
  })

  test('Windows installs for one person, without an administrator, and macOS under the hardened runtime', () => {
    expect(read.nsis).toMatchObject({ oneClick: true, perMachine: false, allowElevation: false })
    expect(read.mac.hardenedRuntime).toBe(true)
    expect(readFileSync(join(rootFolder, read.mac.entitlements), 'utf8')).toContain('com.apple.security.cs.allow-jit')
  })

  test('songs belong to the program on every system', () => {
    expect(read.fileAssociations).toMatchObject([{ ext: 'understudy', mimeType: 'application/x-understudy' }])
    expect(read.linux.mimeTypes).toEqual(['application/x-understudy'])
  })

  test('every system’s icon is there', () => {
    for (const { icon } of [read.mac, read.win, read.linux]) expect(existsSync(join(rootFolder, icon))).toBe(true)
  })

  test('licences lie beside the program, an update needs the signature, and nothing is published by itself', () => {
    expect(read.extraFiles.map(({ to }) => to)).toEqual(['LICENSE.txt', 'THIRD-PARTY.txt'])
    expect(read.win.verifyUpdateCodeSignature).toBe(true)
    expect(read.publish).toBeNull()
  })

  test('libraries under the lesser licence lie outside of the sealed archive, where a person may replace them', () => {
    expect(read.asarUnpack).toEqual(expect.arrayContaining(unpackedForReplacement))
  })

  test('every fuse is asked for by name, and only what guards is on', () => {
    expect(Object.keys(read.electronFuses).sort()).toEqual([...fuseNames].sort())
    const on = Object.entries(read.electronFuses).filter(([, isOn]) => isOn)
    expect(on.map(([name]) => name).sort()).toEqual([
      'enableCookieEncryption',
      'enableEmbeddedAsarIntegrityValidation',
      'onlyLoadAppFromAsar',
    ])
  })

  test('what the tool of the packager writes into a binary is read back as it was asked for', async () => {
    const path = join(temporaryFolder(), 'electron')
    writeFileSync(path, Buffer.concat([padding, wire(untouched), padding]))
    expect(fuseComplaints(readFileSync(path), read.electronFuses)).toContain('runAsNode should be off and is on')
    const states = Object.entries(read.electronFuses).map(([name, isOn]) => [fuseNames.indexOf(name as FuseName), isOn])
    await fuses.flipFuses(path, { version: fuses.FuseVersion.V1, ...Object.fromEntries(states) })
    expect(fuseComplaints(readFileSync(path), read.electronFuses)).toEqual([])
  })

  test('the packaged program’s fuses are as asked for, where it was packaged', ({ skip }) => {
    const binary = join(rootFolder, 'dist', 'linux-unpacked', 'understudy')
    if (!existsSync(binary)) return skip('nothing is packaged here; “npm run package:dir” does and reads them back')
    expect(fuseComplaints(readFileSync(binary), read.electronFuses)).toEqual([])
  })
})

describe('fuses', () => {
  test('are read from both halves of a universal binary', () => {
    const binary = Buffer.concat([wire(untouched), padding, wire('001100011')])
    expect(readFuseWires(binary).map(({ runAsNode }) => runAsNode)).toEqual(['on', 'off'])
    expect(fuseComplaints(binary, { runAsNode: false })).toEqual(['runAsNode should be off and is on'])
  })

  test('that were removed count as off, and such as the wire lacks as nothing', () => {
    const binary = wire('r0')
    expect(fuseComplaints(binary, { runAsNode: false })).toEqual([])
    expect(fuseComplaints(binary, { runAsNode: true })).toEqual(['runAsNode should be on and is removed'])
    expect(fuseComplaints(binary, { onlyLoadAppFromAsar: true })).toEqual([
      'onlyLoadAppFromAsar should be on and is not on the wire',
    ])
  })

  test('are not guessed: no wire, another version and a strange byte are told', () => {
    expect(() => readFuseWires(padding)).toThrow('no fuse wire')
    const other = wire(untouched)
    other[32] = 2
    expect(() => readFuseWires(other)).toThrow('version 2')
    expect(() => readFuseWires(wire('x'))).toThrow('means nothing')
  })
})

describe('Electron', () => {
  const search = (environment: Readonly<Record<string, string>>, folder = temporaryFolder()) =>
    findElectron({ rootFolder: folder, version: '45.4.1', platform: 'linux', architecture: 'x64', environment })

  test('is looked for in the named folder, in its package, and in its downloader’s cache', () => {
    const folder = temporaryFolder()
    const dist = join(folder, 'node_modules', 'electron', 'dist')
    mkdirSync(dist, { recursive: true })
    writeFileSync(join(dist, 'version'), 'v45.4.1')
    expect(search({}, folder)).toEqual({ found: true, path: dist })
    expect(search({ ELECTRON_OVERRIDE_DIST_PATH: dist })).toEqual({ found: true, path: dist })
    const archive = join(folder, 'digest', 'electron-v45.4.1-linux-x64.zip')
    mkdirSync(join(folder, 'digest'))
    writeFileSync(archive, '')
    expect(search({ electron_config_cache: folder })).toEqual({ found: true, path: archive })
  })

  test('that is missing is told with its version, the places, and both ways to provide it', () => {
    const missing = search({ electron_config_cache: '/nowhere' })
    expect(missing).toMatchObject({ found: false })
    const sentence = missing.found ? '' : missing.sentence
    for (const word of ['45.4.1', 'linux x64', '/nowhere', 'electron/install.js', 'ELECTRON_OVERRIDE_DIST_PATH='])
      expect(sentence).toContain(word)
  })

  test('of another version is not taken', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'version'), '44.0.0')
    const found = search({ ELECTRON_OVERRIDE_DIST_PATH: folder })
    expect(found).toMatchObject({ found: false, sentence: expect.stringContaining('holds Electron 44.0.0') as string })
  })
})
