import { describe, expect, test } from 'vitest'
import { verbs, type VerbName } from '../../src/shared/contract/verbs.ts'
import { parseRequest, isVerbName } from '../../src/main/verbs/dispatch.ts'
import { handlers } from '../../src/main/verbs/registry.ts'

// Keys of an object are strings to TypeScript; these are the very keys of the contract.
const names = Object.keys(verbs) as VerbName[]
const junk: readonly unknown[] = [null, undefined, 42, 'text', true, [], [{}], () => {}]

describe.each(names)('%s', (name) => {
  test('has a handler', () => {
    expect(typeof handlers[name]).toBe('function')
  })

  test('refuses what is no request, and says why', () => {
    for (const request of junk) {
      const parsed = parseRequest(name, request)
      expect(parsed.ok).toBe(false)
      if (!parsed.ok) {
        expect(parsed.failure.code).toBe('request-invalid')
        expect(parsed.failure.message).toMatch(/expected/i)
      }
    }
  })

  test('refuses fields of the wrong kind', () => {
    const fields = Object.keys(verbs[name].request.shape)
    for (const field of fields) {
      // A function is of no kind that any request has.
      expect(parseRequest(name, { [field]: () => {} }).ok).toBe(false)
    }
  })
})

test('no handler answers a verb that is not in the contract', () => {
  expect(Object.keys(handlers).sort()).toEqual([...names].sort())
})

test('names that every object has are no verbs', () => {
  expect(['constructor', 'toString', '__proto__', 'hasOwnProperty'].filter(isVerbName)).toEqual([])
})
