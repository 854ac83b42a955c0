import { expect, test } from 'vitest'
import { impersonal, impersonalFrames } from '../../../../src/shared/base/impersonal.ts'

test.each([
  ['“Mira Kim” was not saved', '“…” was not saved'],
  ["ENOENT: no such file, open '/home/mira/내 노래/Lead.wav'", 'ENOENT: no such file, open “…”'],
  ['could not read /home/mira/My Songs/Lead vocal.wav', 'could not read <path>'],
  ['could not read C:\\Users\\Mira Kim\\Lead.wav', 'could not read <path>'],
  ['asked by https://mira.example/page?q=1 and refused', 'asked by <path> and refused'],
  ['4.1 GFLOP/s, 1/2 of 3, an and/or', '4.1 GFLOP/s, 1/2 of 3, an and/or'],
  ["Understudy can’t; it isn't done, and can't", "Understudy can’t; it isn't done, and can't"],
])('%o becomes %o', (text, expected) => {
  expect(impersonal(text)).toBe(expected)
})

test('frames keep calls and the program’s own places, whoever’s folder it lies in', () => {
  const stack = [
    'Error: “Mira” is unknown',
    '    at readSinger (file:///home/mira/apps/understudy/out/main/chunks/singer-1.js:10:5)',
    '    at C:\\Users\\Mira\\Understudy\\resources\\app.asar\\out\\main\\index.js:1:2',
    '    at async call (/home/mira/src/private.js:3:4)',
    '    at other (/home/mira/private.js:3:4)',
    '    at node:internal/process/task_queues:105:5',
  ].join('\n')
  const frames = impersonalFrames(stack)
  expect(frames).toEqual([
    'at readSinger (out/main/chunks/singer-1.js:10:5)',
    'at app.asar/out/main/index.js:1:2',
    'at async call (src/private.js:3:4)',
    'at other (<path>:3:4)',
    'at node:internal/process/task_queues:105:5',
  ])
  expect(frames.join('\n')).not.toMatch(/mira/i)
})
