import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Ends the process that loads this in the middle of writing, as a killed one ends: at once, without a word.
 * UNDERSTUDY_TEST_DEATH is `<count> <moment>`: during the `count`th file that is written under a passing name, with
 * half of its bytes on the disk (`half`), with all of them (`whole`), or under its own name already (`named`).
 */
const [count, moment] = (process.env.UNDERSTUDY_TEST_DEATH ?? '').split(' ')
const isPassing = (path) => typeof path === 'string' && path.endsWith('.part')
let left = Number(count) || Infinity
let dying = null

const die = () => process.kill(process.pid, 'SIGKILL')
const { openSync, writeSync, renameSync } = fs
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest)
  if (isPassing(path) && --left === 0) dying = descriptor
  return descriptor
}
fs.writeSync = (descriptor, bytes, from = 0, length = bytes.length - from, at = null) => {
  if (descriptor !== dying || moment !== 'half') return writeSync(descriptor, bytes, from, length, at)
  writeSync(descriptor, bytes, from, Math.floor(length / 2), at)
  return die()
}
fs.renameSync = (from, to) => {
  if (dying !== null && moment === 'whole') die()
  renameSync(from, to)
  if (dying !== null) die()
}
syncBuiltinESMExports()
