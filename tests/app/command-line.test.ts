import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWavReader } from '../../src/main/files/wav-file.ts'
import { runCommand, startCommand } from '../support/command-line.ts'
import { startTestHost } from '../support/headless.ts'
import { writeSungFile, writeUntrainedSinger } from '../support/sound-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { Singer } from '../../src/shared/contract/library.ts'
import { ownSingers } from '../support/own-singers.ts'

test('help names every command, examples and the exit codes', async () => {
  const { code, output } = await runCommand(['--help'], temporaryFolder())
  expect(code).toBe(0)
  for (const word of [
    'convert',
    'batch',
    'explain',
    'singer',
    'project',
    'analyze',
    'doctor',
    'jobs',
    'backend',
    'serve',
    'demo',
    'evaluate',
  ]) {
    expect(output).toContain(word)
  }
  expect(output).toMatch(/Examples:[\s\S]*Exit codes: 0 done · 1 failed · 2 used/)
})

test('a command that is used wrongly ends with 2 and says what it expects', async () => {
  const { code, aside } = await runCommand(
    ['convert', 'in.wav', '--emotion', 'sad:7', '--out', 'out.wav'],
    temporaryFolder(),
  )
  expect(code).toBe(2)
  expect(aside).toContain('0…1')
})

test('a file that is no audio ends with 1, as words and as JSON', async () => {
  const home = temporaryFolder()
  const path = join(home, 'letter.wav')
  writeFileSync(path, 'Dear producer, this is no sound.')
  const { code, output, aside } = await runCommand(['analyze', path, '--json'], home)
  expect(code).toBe(1)
  expect(JSON.parse(output)).toMatchObject({ ok: false, failure: { code: 'audio-unreadable' } })
  expect(aside).toContain('letter.wav')
})

test('a singer is imported, listed, and sings a recording to exactly its length', async () => {
  const home = temporaryFolder()
  const singer = writeUntrainedSinger(join(home, 'mira.singer'), 'Mira')
  const source = writeSungFile(join(home, 'lead.wav'), 44_100)
  const out = join(home, 'sung.wav')
  expect((await runCommand(['singer', 'import', singer], home)).code).toBe(0)
  expect(await listedSingers(home)).toMatchObject([{ name: 'Mira', origin: 'imported' }])
  const report = join(home, 'report.json')
  const converted = await runCommand(['convert', source, '--singer', 'mira', '--out', out, '--report', report], home)
  expect(converted).toMatchObject({ code: 0 })
  // A pipe gets whole lines; a bar that moves would be unreadable there.
  expect(converted.aside).not.toContain('\r')
  const [before, after] = [source, out].map((path) => {
    const reader = openWavReader(path)
    reader.close()
    return { rateHz: reader.rateHz, durationSamples: reader.durationSamples }
  })
  expect(after).toEqual(before)
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ durationSamples: before.durationSamples })
  const again = join(home, 'again.wav')
  const repeated = await runCommand(['convert', source, '--singer', 'mira', '--out', again], home)
  expect(repeated.output).toContain('as it was rendered before')
  expect(readFileSync(again).equals(readFileSync(out))).toBe(true)
})

test('all recordings of a folder are sung under their names; one that can’t be read is named and keeps no other back', async () => {
  const home = temporaryFolder()
  const stems = join(home, 'stems')
  mkdirSync(stems)
  const singer = writeUntrainedSinger(join(home, 'mira.singer'), 'Mira')
  await runCommand(['singer', 'import', singer], home)
  writeSungFile(join(stems, 'lead.wav'), 44_100)
  writeSungFile(join(stems, 'double.wav'), 48_000)
  writeFileSync(join(stems, 'broken.wav'), 'RIFF')
  const out = join(home, 'sung')
  const { code, aside } = await runCommand(['batch', stems, '--singer', 'Mira', '--out', out], home)
  expect(code).toBe(1)
  expect(aside).toContain('1 of 3 files were not sung: broken.wav.')
  expect(readdirSync(out).sort()).toEqual(['double.wav', 'lead.wav'])
  for (const name of ['lead.wav', 'double.wav']) {
    const [source, result] = [stems, out].map((folder) => {
      const { rateHz, durationSamples, close } = openWavReader(join(folder, name))
      close()
      return { rateHz, durationSamples }
    })
    expect(result).toEqual(source)
  }

  const onto = await runCommand(['batch', stems, '--singer', 'Mira', '--out', stems], home)
  expect(onto.aside).toContain('would take the place of the recordings')
  writeFileSync(join(stems, 'Lead.aiff'), '')
  const twins = await runCommand(['batch', stems, '--singer', 'Mira', '--out', out], home)
  expect(twins.aside).toContain('would both become')
})

test('a singer whose name is taken is refused, and nothing is stored', async () => {
  const home = temporaryFolder()
  const singer = writeUntrainedSinger(join(home, 'mira.singer'), 'Mira')
  await runCommand(['singer', 'import', singer], home)
  const again = await runCommand(['singer', 'import', singer], home)
  expect(again.code).toBe(1)
  expect(again.aside).toContain('name-taken')
  expect(await listedSingers(home)).toHaveLength(1)
})

test('the second process on a library is told who holds it', async () => {
  const home = temporaryFolder()
  const host = await startTestHost(home)
  try {
    const { code, aside } = await runCommand(['singer', 'list'], home)
    expect(code).toBe(1)
    expect(aside).toContain(`process ${process.pid}`)
  } finally {
    await host.close()
  }
})

test('a library that can not lie where it shall is told with the place', async () => {
  const home = join(temporaryFolder(), 'taken')
  writeFileSync(home, 'a file, no folder')
  const { code, aside } = await runCommand(['singer', 'list'], home)
  expect(code).toBe(1)
  expect(aside).toContain(home)
  expect(aside).not.toContain('program-fault')
})

test('Ctrl-C cancels the job, ends with 130 and leaves no file', async () => {
  const home = temporaryFolder()
  await runCommand(['singer', 'import', writeUntrainedSinger(join(home, 'mira.singer'), 'Mira')], home)
  const source = writeSungFile(join(home, 'lead.wav'), 48_000, 14)
  const out = join(home, 'sung.wav')
  const command = startCommand(['convert', source, '--singer', 'Mira', '--out', out], home)
  await command.wrote(/Converting lead for Mira/)
  command.process.kill('SIGINT')
  expect((await command.ended).code).toBe(130)
  expect(existsSync(out)).toBe(false)
  const jobs = JSON.parse((await runCommand(['jobs', '--json'], home)).output) as { title: string; state: string }[]
  expect(jobs.find((job) => job.title.startsWith('Converting'))?.state).toBe('cancelled')
})

test('a program that is killed while it converts leaves a whole library, and the next start tells what was running', async () => {
  const home = temporaryFolder()
  await runCommand(['singer', 'import', writeUntrainedSinger(join(home, 'mira.singer'), 'Mira')], home)
  const source = writeSungFile(join(home, 'lead.wav'), 48_000, 14)
  const command = startCommand(['convert', source, '--singer', 'Mira', '--out', join(home, 'sung.wav')], home)
  await command.wrote(/Converting lead for Mira/)
  command.process.kill('SIGKILL')
  await command.ended
  const host = await startTestHost(home)
  try {
    const described = await host.application.call('application:describe', {})
    expect(described.ok && described.value.notices.join()).toContain('“Converting lead for Mira” was running')
    const jobs = await host.application.call('jobs:list', {})
    expect(jobs.ok && jobs.value.map(({ state, failure }) => failure?.code ?? state)).toContain('job-interrupted')
    expect(existsSync(host.paths.unsavedFolder) ? readdirSync(host.paths.unsavedFolder) : []).toEqual([])
  } finally {
    await host.close()
  }
})

test('a measurement ends by the signal that it gets, though its thread computes on and lets nothing in', async () => {
  const home = temporaryFolder()
  for (const name of ['ann', 'tom']) {
    mkdirSync(join(home, 'voices', name), { recursive: true })
    writeSungFile(join(home, 'voices', name, 'song.wav'), 24_000, 20)
  }
  const command = startCommand(['evaluate', '--audio', join(home, 'voices')], home)
  await command.wrote(/engine: /)
  command.process.kill('SIGTERM')
  await command.ended
  expect(command.process.signalCode).toBe('SIGTERM')
})

test('serve prints an address with a token, answers there, and ends with Ctrl-C', async () => {
  const command = startCommand(['serve'], temporaryFolder())
  await command.wrote(/http:\/\/127\.0\.0\.1:\d+\/#token=\S{40,}/)
  command.process.kill('SIGINT')
  expect((await command.ended).code).toBe(0)
})

/** As the program prints them, without those that came with it. */
async function listedSingers(home: string): Promise<readonly Singer[]> {
  const { output } = await runCommand(['singer', 'list', '--json'], home)
  return ownSingers(Promise.resolve(JSON.parse(output) as readonly Singer[]))
}
