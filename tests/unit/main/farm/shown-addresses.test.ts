import { expect, test } from 'vitest'
import { withoutCredentials } from '../../../../src/main/farm/farm-address.ts'

test.each([
  ['redis://box.local:6379', 'redis://box.local:6379'],
  ['rediss://mira:s3cret@box.local:6380/2?password=s3cret', 'rediss://box.local:6380/2'],
  ['redis://:s3cret@10.0.0.2:6379', 'redis://10.0.0.2:6379'],
  ['redis://mira:s3/cret@box.local:6379', 'redis://…'],
  ['redis://s3/cret@box.local:6379', 'redis://…'],
  ['redis://mira:s3?cret@box.local:6379', 'redis://…'],
  ['mira:s3cret@box.local:6379', '…'],
  ['s3://key:s3cret@sounds/understudy', 's3://sounds/understudy'],
  ['s3://sounds/understudy', 's3://sounds/understudy'],
  ['/mnt/@sounds/a b', '/mnt/@sounds/a b'],
  ['C:\\sounds', 'C:\\sounds'],
  ['\\\\box\\sounds', '\\\\box\\sounds'],
  ['box.local', 'box.local'],
])('%s is shown as %s', (address, shown) => {
  expect(withoutCredentials(address)).toBe(shown)
})
