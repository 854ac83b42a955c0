import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { createClippingMeter } from '../../src/shared/screening/clipping.ts'
import type { ClipFault } from '../../src/shared/screening/finding.ts'
import { strangenessOf, type Strangeness } from '../../src/shared/screening/other-singer.ts'
import { findSameAudio } from '../../src/shared/screening/same-audio.ts'
import { gatherFacts } from '../../src/main/compute/clips/clip-examination.ts'
import { findFaults } from '../../src/main/compute/clips/clip-verdict.ts'
import { STRANGE } from '../../src/main/compute/clips/dataset-findings.ts'
import { scanSound } from '../../src/main/compute/clips/sound-scan.ts'
import { countVoices } from '../../src/main/compute/clips/voice-count.ts'
import { loadVoiceMixture } from '../../src/main/compute/clips/voice-mixture.ts'
import { setsLimits } from '../../src/main/evaluation/split.ts'
import { createResampler } from '../../src/main/files/resample.ts'
import { madeFaults, readCleanClips, type CleanClip, type MadeFault, type Sound } from '../support/doctor-cases.ts'
import { lowPassed, rounded } from '../support/made-faults.ts'
import { hasMp3Encoder, throughMp3 } from '../support/mp3-round-trip.ts'

/**
 * `npm run doctor-table -- FOLDER… [--without PERSON]… [--only FAULT]… [--limits | --blind] [--clips N] [--values FILE]`: makes faults of clean
 * recordings and prints how many the clip doctor finds, and how often it finds them where they are not. Clips are
 * recordings of one person joined to 8 s and more. People are parted by name: half of them set the limits (`--limits`
 * shows these), the other half are measured. With `--blind` everybody is: for recordings that were never looked at when
 * anything was chosen. With `lame` on the PATH, MP3 round trips are measured too.
 */
const CLIP_RATE_HZ = 48_000
/** What a recording must hold before a coder can be seen to cut it. */
const FULL_BAND_HZ = 44_100

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    without: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', multiple: true, default: [] },
    limits: { type: 'boolean', default: false },
    blind: { type: 'boolean', default: false },
    clips: { type: 'string', default: '3' },
    values: { type: 'string' },
  },
})
const isWanted = (person: string) =>
  (options.blind || setsLimits(person) === options.limits) && !options.without.some((start) => person.startsWith(start))
const resample = await createResampler()
const mixture = loadVoiceMixture(join(import.meta.dirname, '../../models'))
const clips: CleanClip[] = []
for (const folder of positionals) clips.push(...(await readCleanClips(folder, isWanted, Number(options.clips))))
const workFolder = mkdtempSync(join(tmpdir(), 'doctor-'))
/** What was measured goes to the file at once, a line each. */
const dump = (values: unknown): void => {
  if (options.values !== undefined) appendFileSync(options.values, `${JSON.stringify(values)}\n`)
}

interface Row {
  readonly fault: string
  readonly name: string
  found: number
  count: number
}
const rows: Row[] = []
const rowOf = (fault: string, name: string): Row => {
  const known = rows.find((row) => row.fault === fault && row.name === name)
  if (known) return known
  const row = { fault, name, found: 0, count: 0 }
  rows.push(row)
  return row
}
const note = (fault: string, name: string, isFound: boolean): void => {
  const row = rowOf(fault, name)
  row.count++
  if (isFound) row.found++
}

const atClipRate = ({ samples, rateHz }: Sound): Float32Array =>
  rateHz === CLIP_RATE_HZ ? samples : resample(samples, rateHz, CLIP_RATE_HZ)

/** The way of an imported clip: 16 bits in a file, then the library's rate. */
function examine(samples: Float32Array, rateHz: number, fault: string, name: string, listens: boolean) {
  const kept = rounded(samples)
  const meter = createClippingMeter()
  meter.push([kept])
  const source = sourceOf([atClipRate({ samples: kept, rateHz })], CLIP_RATE_HZ)
  const facts = gatherFacts(source, mixture, silentProgress)
  const voices = listens ? countVoices(source, silentProgress) : null
  const scan = scanSound(source, silentProgress)
  const pitch = { f0: new Float32Array(0), voicedFraction: 0.7, medianHz: null, lowestHz: null, highestHz: null }
  const durationSec = source.durationSamples / CLIP_RATE_HZ
  const clipping = meter.finish()
  const findings = findFaults({ durationSec, scan, pitch, voices, facts }, { rateHz, clipping })
  const { fingerprint: _f, voicePrint, slices, ...numbers } = facts
  const sliceSec = slices.reduce((sum, { startSec, endSec }) => sum + endSec - startSec, 0)
  dump({
    fault,
    name,
    rateHz,
    ...numbers,
    ...voices,
    ...clipping,
    sliceSec,
    durationSec,
    logLikelihood: voicePrint?.logLikelihood,
    findings,
  })
  return { facts, findings }
}

const has = (findings: readonly { readonly fault: ClipFault }[], fault: string) =>
  findings.some((finding) => finding.fault === fault)
/** Made of full-band recordings alone: what is narrow already can't be cut. */
const needsFullBand = (fault: string) => fault === 'low-bandwidth'
/** Made before the change of rate, as they are made in the world; the others may be made after it, which is faster. */
const isMadeOfFile = (fault: string) => fault === 'clipped' || fault === 'low-bandwidth'
const isAsked = (fault: string) => options.only.length === 0 || options.only.includes(fault)
const asked = ['noisy', 'reverberant', 'clipped', 'several-voices', 'low-bandwidth'].filter(isAsked)

interface Examined {
  readonly clip: CleanClip
  readonly facts: ReturnType<typeof gatherFacts>
}
const examined: Examined[] = []
const wides = new Map<CleanClip, Float32Array>()
function wideOf(clip: CleanClip): Float32Array {
  const wide = wides.get(clip) ?? atClipRate(clip)
  wides.set(clip, wide)
  return wide
}
let seed = 1
for (const [index, clip] of clips.entries()) {
  const { facts, findings } = examine(clip.samples, clip.rateHz, 'clean', clip.person, isAsked('several-voices'))
  examined.push({ clip, facts })
  for (const fault of asked)
    if (!needsFullBand(fault) || clip.rateHz >= FULL_BAND_HZ) note(fault, 'clean', has(findings, fault))
  note(
    'skipped',
    'clean',
    findings.some(({ isSevere, fault }) => isSevere && (fault !== 'low-bandwidth' || clip.rateHz >= FULL_BAND_HZ)),
  )
  const others = clips.filter(({ person }) => person !== clip.person)
  const partner = others[(index * 7919) % others.length]
  const wide = { samples: wideOf(clip), rateHz: CLIP_RATE_HZ }
  for (const [fault, makers] of Object.entries<readonly MadeFault[]>(madeFaults)) {
    if (!isAsked(fault) || (needsFullBand(fault) && clip.rateHz < FULL_BAND_HZ)) continue
    for (const { name, make } of makers) {
      const base = isMadeOfFile(fault) ? clip : wide
      const made = make(base, wideOf(partner), seed++)
      const { findings: found } = examine(made, base.rateHz, fault, name, fault === 'several-voices')
      note(fault, name, has(found, fault))
    }
  }
  if (isAsked('low-bandwidth') && hasMp3Encoder() && clip.rateHz >= FULL_BAND_HZ) {
    for (const settings of [
      ['-b', '64'],
      ['-V', '4'],
      ['-b', '128'],
    ]) {
      const coded = await throughMp3(clip, settings, workFolder)
      const name = `MP3 round trip, lame ${settings.join(' ')}, mono`
      note(
        'low-bandwidth',
        name,
        has(examine(coded.samples, coded.rateHz, 'low-bandwidth', name, false).findings, 'low-bandwidth'),
      )
    }
  }
  process.stderr.write(`${index + 1} of ${clips.length}: ${clip.person}\n`)
}
if (isAsked('same-audio')) await measureCopies()
if (isAsked('other-singer')) measureOtherSingers()
print()
rmSync(workFolder, { recursive: true, force: true })

/** Every clip against copies of itself, and against every other clip of the same person. */
async function measureCopies(): Promise<void> {
  for (const { clip, facts } of examined) {
    const samples = wideOf(clip)
    const rateHz = CLIP_RATE_HZ
    const trimmed = samples.subarray(Math.round(1.37 * rateHz), samples.length - Math.round(0.61 * rateHz))
    const slow = resample(samples, rateHz, 22_050)
    const copies: readonly (readonly [string, Sound])[] = [
      ['12 dB quieter', { rateHz, samples: samples.map((value) => value * 0.25) }],
      ['trimmed at both ends', { rateHz, samples: trimmed }],
      ['at 22.05 kHz', { rateHz: 22_050, samples: slow }],
      [
        'trimmed, 9 dB quieter, cut off at 7 kHz',
        { rateHz, samples: lowPassed(trimmed, rateHz, 7000).map((value) => value * 0.35) },
      ],
    ]
    for (const [name, copy] of copies) note('same-audio', name, isCopy(facts, factsOf(copy)))
    if (hasMp3Encoder() && clip.rateHz >= FULL_BAND_HZ) {
      const coded = await throughMp3(clip, ['-b', '64'], workFolder)
      note('same-audio', 'MP3 round trip', isCopy(facts, factsOf(coded)))
    }
    for (const other of examined)
      if (other.clip !== clip && other.clip.person === clip.person)
        note('same-audio', 'clean', isCopy(facts, other.facts))
  }
}

function factsOf({ samples, rateHz }: Sound) {
  return gatherFacts(sourceOf([atClipRate({ samples: rounded(samples), rateHz })], CLIP_RATE_HZ), null, silentProgress)
}

function isCopy(a: Examined['facts'], b: Examined['facts']): boolean {
  const found = findSameAudio(a.fingerprint, b.fingerprint)
  return found !== null && found.share >= 0.5
}

function isStrange(score: Strangeness | null): boolean {
  return score !== null && score.relative >= STRANGE
}

/** Each person's clips with one clip of each other person among them. */
function measureOtherSingers(): void {
  if (mixture === null) return
  const byPerson = Map.groupBy(examined, ({ clip }) => clip.person)
  const printOf = ({ facts }: Examined) => facts.voicePrint ?? []
  for (const [person, own] of byPerson) {
    if (own.length < 4) continue
    const prints = own.flatMap(printOf)
    strangenessOf(prints, mixture).forEach((score) => note('other-singer', 'clean', isStrange(score)))
    for (const [other, theirs] of byPerson) {
      if (other === person) continue
      const scores = strangenessOf([...prints, ...theirs.slice(0, 1).flatMap(printOf)], mixture)
      const found = scores.map(isStrange)
      dump({ fault: 'other-singer', name: `${other} among ${person}`, scores })
      note('other-singer', 'one clip of another person among one’s own', found.at(-1) === true)
      found
        .slice(0, -1)
        .forEach((isFound) => note('other-singer', 'clean, with another person’s clip among them', isFound))
    }
  }
}

function print(): void {
  const people = new Set(clips.map(({ person }) => person)).size
  const whose = options.blind
    ? 'never heard before'
    : options.limits
      ? 'who set the limits'
      : 'who did not set the limits'
  process.stdout.write(`${clips.length} clips of ${people} people ${whose}\n\n`)
  process.stdout.write('| Fault | Made of a clean clip | Found |\n| --- | --- | --- |\n')
  for (const { fault, name, found, count } of rows)
    process.stdout.write(`| ${fault} | ${name} | ${found} of ${count} (${(found / count).toFixed(2)}) |\n`)
  const made = Map.groupBy(rows, ({ fault }) => fault)
  process.stdout.write('\n| Fault | Recall | False alarms |\n| --- | --- | --- |\n')
  for (const [fault, own] of made) {
    const share = (chosen: readonly Row[]) => {
      const count = chosen.reduce((sum, row) => sum + row.count, 0)
      return count === 0 ? '–' : (chosen.reduce((sum, row) => sum + row.found, 0) / count).toFixed(3)
    }
    const isClean = ({ name }: Row) => name.startsWith('clean')
    process.stdout.write(
      `| ${fault} | ${share(own.filter((row) => !isClean(row)))} | ${share(own.filter(isClean))} |\n`,
    )
  }
}
