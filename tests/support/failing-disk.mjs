import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Lets writing under a folder fail as a full or a read-only disk does, in whichever process loads this. What fails
 * is told by the file that UNDERSTUDY_TEST_DISK names, which a test may change at any time:
 * `{"code": "ENOSPC", "under": "/some/folder"}`. No such file: a disk like any other.
 */
const trouble = () => {
  const path = process.env.UNDERSTUDY_TEST_DISK
  if (path === undefined || !fs.existsSync(path)) return null
  return JSON.parse(readText(path))
}
const readText = (path) => fs.readFileSync(path, 'utf8')

const failureFor = (path, codes) => {
  const found = trouble()
  if (found === null || !String(path).startsWith(found.under) || !codes.includes(found.code)) return null
  return Object.assign(new Error(`${found.code}: simulated, ${path}`), { code: found.code, syscall: 'write' })
}
const writes = (flags) => typeof flags === 'string' && /[wax+]/.test(flags)
const bothCodes = ['ENOSPC', 'EROFS']

/** Descriptors of files on a full disk: they open, and take nothing. */
const full = new Map()
const { openSync, writeSync, closeSync } = fs
fs.openSync = (path, flags, ...rest) => {
  if (!writes(flags)) return openSync(path, flags, ...rest)
  const refusal = failureFor(path, ['EROFS'])
  if (refusal !== null) throw refusal
  const descriptor = openSync(path, flags, ...rest)
  full.set(descriptor, path)
  return descriptor
}
fs.writeSync = (descriptor, ...rest) => {
  const refusal = full.has(descriptor) ? failureFor(full.get(descriptor), ['ENOSPC']) : null
  if (refusal !== null) throw refusal
  return writeSync(descriptor, ...rest)
}
fs.closeSync = (descriptor) => {
  full.delete(descriptor)
  return closeSync(descriptor)
}
/** Calls by which a path comes to be; the number says which argument the path is. */
const makers = { writeFileSync: 0, copyFileSync: 1, linkSync: 1, renameSync: 1, mkdirSync: 0 }
for (const [name, place] of Object.entries(makers)) {
  const original = fs[name]
  const codes = name === 'mkdirSync' || name === 'renameSync' ? ['EROFS'] : bothCodes
  fs[name] = (...given) => {
    const refusal = typeof given[place] === 'string' ? failureFor(given[place], codes) : null
    if (refusal !== null && !(name === 'mkdirSync' && fs.existsSync(given[0]))) throw refusal
    return original(...given)
  }
}
const promises = { writeFile: 0, copyFile: 1, rename: 1, mkdir: 0 }
for (const [name, place] of Object.entries(promises)) {
  const original = fs.promises[name]
  const codes = name === 'mkdir' || name === 'rename' ? ['EROFS'] : bothCodes
  fs.promises[name] = async (...given) => {
    const refusal = typeof given[place] === 'string' ? failureFor(given[place], codes) : null
    if (refusal !== null && !(name === 'mkdir' && fs.existsSync(given[0]))) throw refusal
    return original(...given)
  }
}
syncBuiltinESMExports()
