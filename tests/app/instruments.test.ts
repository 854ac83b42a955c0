import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWavWriter, openWavReader } from '../../src/main/files/wav-file.ts'
import { domainPath } from '../../src/main/jobs/domain-files.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import type { DomainId } from '../../src/shared/base/id.ts'
import { renderMediaId } from '../../src/shared/contract/media.ts'
import type { Request, VerbName } from '../../src/shared/contract/verbs.ts'
import { writeDomainFile } from '../../src/shared/formats/domain-file.ts'
import { defaultPerformance } from '../../src/shared/project/performance.ts'
import { runCommand } from '../support/command-line.ts'
import { drawMelody, instruments, play } from '../support/instruments.ts'
import { ask as askOf } from '../support/opened-application.ts'
import { openStudioPage, patient, untilDone, type StudioPage } from '../support/story/studio-page.ts'
import { wholeSource } from '../support/studio.ts'
import { tinyDomain } from '../support/tiny-domain.ts'

const RATE_HZ = 44_100
const random = createRandom(3)
const melodyOf = (instrument: keyof typeof instruments, sec: number) =>
  play(instruments[instrument], drawMelody(random, sec), RATE_HZ, random).samples
const melody = melodyOf('flute', 1.2)

function writeSound(path: string, channels: Float32Array[]): void {
  const writer = createWavWriter(path, { rateHz: RATE_HZ, channelCount: channels.length, encoding: 'float32' })
  writer.write(channels)
  writer.finish()
}

/** A stem in two channels, a domain in a file, and recordings of two instruments. */
function writeMusic(home: string) {
  for (const folder of ['Music', 'Music/Flute', 'Music/Fiddle']) mkdirSync(join(home, folder))
  writeSound(join(home, 'Music/Melody.wav'), [melody, melody.map((sample) => -0.5 * sample)])
  writeFileSync(join(home, 'Music/Horn.domain'), writeDomainFile(tinyDomain('Horn')))
  writeSound(join(home, 'Music/Flute/one.wav'), [melodyOf('flute', 3)])
  writeSound(join(home, 'Music/Fiddle/one.wav'), [melodyOf('fiddle', 3)])
  return { stemNames: ['Melody.wav', 'Melody.wav'] as const, truncatedName: '', clipNames: [] }
}

let studio: StudioPage
beforeAll(async () => {
  studio = await openStudioPage('instruments', writeMusic)
}, 180_000)
afterAll(() => studio?.close())

const button = (name: string | RegExp) => studio.page.getByRole('button', { name, exact: typeof name === 'string' })
const picked = (name: string) =>
  studio.page.getByRole('dialog', { name: /Choose/ }).getByRole('button', { name, exact: true })
const ask = <Name extends VerbName>(name: Name, request: Request<Name>) => askOf(studio.host.application, name, request)

/** The conversion that the window asked for, its song and its source. */
async function played() {
  const [[conversion], [imported]] = [await studio.jobs('convert'), await studio.jobs('import')]
  const [file] = imported.outcome?.kind === 'import' ? imported.outcome.files : []
  if (conversion.subject.kind !== 'region' || conversion.outcome?.kind !== 'convert' || !file?.isImported)
    return expect.unreachable('nothing was played')
  return { song: conversion.subject, source: file.source, ...conversion.outcome }
}

function channelsOf(path: string): Float32Array[] {
  const reader = openWavReader(path)
  try {
    return reader.read(0, reader.durationSamples)
  } finally {
    reader.close()
  }
}

test('a region given to an instrument is played on its track: the time is told before, and what was kept after', async () => {
  const { page } = studio
  await button(/^Import stems/).click()
  await picked('Music').click()
  await picked('Melody.wav').click()
  await button(/^Choose/)
    .last()
    .click()
  const source = page.locator('[data-region].source')
  await source.waitFor(untilDone)
  await button('Import an instrument').click()
  await picked('Music').click()
  await picked('Horn.domain').click()
  await button(/^Choose/)
    .last()
    .click()
  await page.getByText('Horn can play.').first().waitFor(patient)

  await source.click()
  await page.keyboard.press('g')
  await page.getByRole('menuitemradio', { name: 'Horn' }).click()
  const inspector = page.getByLabel('Inspector')
  await inspector.getByRole('combobox', { name: 'Instrument' }).waitFor(patient)
  await inspector.getByText(/^about .* on this machine$/).waitFor(untilDone)
  expect(await inspector.getByText(/was not told pitch/).count()).toBe(1)
  expect(await inspector.getByRole('spinbutton', { name: /Formant/ }).count()).toBe(0)
  await page.keyboard.press('c')
  await page.locator('[data-state=converted][aria-label^="Melody, "]').waitFor(untilDone)
  await inspector.getByText('beginnings found').waitFor(patient)
  await page.locator('[data-region].source[aria-label*="played by Horn"]').waitFor(patient)
  await page.keyboard.press('a')
  await page.locator('[data-region][aria-label*="original heard"]').waitFor(patient)
  await studio.inspect('played')
})

test('what it plays has exactly the samples of its region, in both channels, and stands under the domain’s digest', async () => {
  const { song, source, render, report } = await played()
  const [horn] = await ask('domain:list', {})
  expect(render).toMatchObject({ durationSamples: source.durationSamples, singerDigest: horn.digest })
  expect(report.agreement?.onsetCount).toBeGreaterThan(0)
  const media = await studio.host.application.media(renderMediaId(song.projectId, render.key))
  const [left, right] = channelsOf(media.ok ? media.value : '')
  expect(left.length).toBe(source.durationSamples)
  expect(left.some((sample) => sample !== 0)).toBe(true)
  expect(right).toEqual(left)
})

test('a domain can’t be blended in, and one that is broken or gone is told before anything is computed', async () => {
  const [horn] = await ask('domain:list', {})
  const [singer] = await ask('singer:list', {})
  const { song, source } = await played()
  const refused = (performer: typeof horn | typeof singer, given = {}) =>
    ask('project:convert', wholeSource(song, source, performer, given))
  const blend = [{ singerId: horn.id as never, weight: 0.5, curve: null }] // as hostile as a page can be
  await expect(refused(singer, { performance: { ...defaultPerformance(singer.id), blend } })).rejects.toThrow(/“Horn”/)
  const file = domainPath(horn.id, studio.host.paths)
  const another = { performance: { ...defaultPerformance(horn.id), seed: 2 } }
  writeFileSync(file, 'no domain')
  await expect(refused(horn, another)).rejects.toMatchObject({ failure: { code: 'checkpoint-invalid' } })
  rmSync(file)
  await expect(refused(horn, another)).rejects.toMatchObject({ failure: { code: 'singer-unknown' } })
  await expect(ask('domain:remove', { domainId: horn.id as DomainId })).rejects.toMatchObject({
    failure: { code: 'not-found' },
  })
})

test('“translate” plays in every channel, with the mark where that is asked for', async () => {
  const out = join(studio.home, 'marked.wav')
  const [stem, domain] = ['Melody.wav', 'Horn.domain'].map((name) => join(studio.home, 'Music', name))
  const words = ['translate', stem, '--domain', domain, '--out', out, '--encoding', 'float32', '--mark', '--json']
  const end = await runCommand(words, join(studio.home, 'of-the-command'))
  expect(JSON.parse(end.output)).toMatchObject({ channelCount: 2, durationSamples: melody.length })
  const [left, right] = channelsOf(out)
  expect(left.length).toBe(melody.length)
  expect(right).toEqual(left)
})

test('two instruments are described, estimated and learned; the training rests over a restart and is discarded', async () => {
  const { page } = studio
  await button('Train instruments').click()
  await page.getByText('Instrument 1: It needs a name.').waitFor(patient)
  for (const [index, name] of ['Flute', 'Fiddle'].entries()) {
    await button('Choose folder').nth(index).click()
    await picked(index === 0 ? 'Music' : 'Folder above').click()
    await picked(name).click()
    await button('Choose this folder').click()
    await page.getByRole('region', { name, exact: true }).getByText('1 of 1 used').waitFor(untilDone)
  }
  await page.getByLabel('Whose recordings these are').fill('A synthesizer')
  await page.getByLabel('What may be done with the instruments').fill('Anything')
  expect(await button('Start learning').isDisabled()).toBe(true)
  await page.getByRole('checkbox', { name: /^Everyone who plays here agrees/ }).click()
  await page.getByRole('radio', { name: /^Preview.* steps/s }).waitFor(untilDone)
  await studio.inspect('described')
  await button('Start learning').click()
  await button('Pause').click()
  await page.getByRole('heading', { name: 'Paused' }).waitFor(untilDone)

  await studio.restart()
  await page
    .getByRole('status')
    .filter({ hasText: 'Training Flute, Fiddle' })
    .getByRole('button', { name: 'Show' })
    .click()
  await page.getByRole('heading', { name: 'Paused' }).waitFor(patient)
  await page.getByText('A synthesizer. Anything').waitFor(patient)
  await studio.inspect('paused')
  await button('Discard').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('heading', { name: 'Discarded' }).waitFor(patient)
  expect(studio.complaints).toEqual([])
}, 300_000)
