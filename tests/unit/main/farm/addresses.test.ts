import { expect, test } from 'vitest'
import { redisAddress } from '../../../../src/main/farm/bull/redis.ts'
import { farmAddress } from '../../../../src/main/farm/farm-address.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'

test('a queue is named by an address of Redis or Valkey, and shown without user and password', () => {
  expect(redisAddress('redis://box.local:6379').place).toBe('redis://box.local:6379')
  expect(redisAddress('rediss://someone:secret@box.local:6380/2')).toEqual({
    url: 'rediss://someone:secret@box.local:6380/2',
    place: 'rediss://box.local:6380',
  })
  expect(redisAddress('valkey://box')).toEqual({ url: 'redis://box', place: 'redis://box' })
})

test.each(['', 'box:6379', 'http://box', 'redis://', 'redis:box'])('“%s” is no queue, and that is told', (address) => {
  expect(() => redisAddress(address)).toThrow(FailureError)
})

test('what is given with a command counts before the environment, and without a queue everything is done here', () => {
  const environment = { UNDERSTUDY_QUEUE: 'redis://one', UNDERSTUDY_STORE: '/one' }
  expect(farmAddress({}, {})).toBeNull()
  expect(farmAddress({}, { UNDERSTUDY_QUEUE: '' })).toBeNull()
  expect(farmAddress({}, environment)).toEqual({ queue: 'redis://one', store: '/one' })
  expect(farmAddress({ queue: 'redis://other' }, environment)).toEqual({ queue: 'redis://other', store: '/one' })
})

test('a queue without a place for the sounds is told', () => {
  expect(() => farmAddress({ queue: 'redis://one' }, {})).toThrow(/place for the sounds/)
})
