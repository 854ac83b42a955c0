import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { state as english } from '../en/state.ts'

export const state = {
  // commands
  noMarkerBehind: '이 뒤에는 마커가 없습니다.',
  noMarkerBefore: '이 앞에는 마커가 없습니다.',
  markerAdded: (name) => `${withParticle(name, '을/를')} 추가했습니다.`,
  markerIsHere: '이미 여기에 마커가 있습니다.',
  take: (number) => `테이크 ${number}.`,
  takeOfMany: (number, count) => `테이크 ${count}개 중 ${number}번.`,
  nothingToConvert: '변환할 것이 없습니다. 가수 트랙의 리전을 선택하거나 G 키로 가수를 지정하세요.',
  alreadyConverted: '이미 변환했습니다. 다른 소리를 원하면 가수, 감정 또는 음정을 바꾸세요.',

  // Conversions
  hasNewTake: (region) => `${region}에 새 테이크가 생겼습니다. 컴프는 그대로입니다.`,
  isConverted: (region) => `${withParticle(region, '을/를')} 변환했습니다.`,

  // Editor

  // Imports
  isBack: (name) => `${withParticle(name, '을/를')} 다시 찾았습니다.`,
  filesAreBack: (count) => `파일 ${count}개를 다시 찾았습니다.`,
  hasNotChanged: (name) => `${withParticle(name, '은/는')} 바뀌지 않았습니다.`,
  isReloaded: (name) => `${withParticle(name, '을/를')} 다시 읽었습니다. 이 파일로 변환한 것은 오래되었습니다.`,
  imported: (name) => `${withParticle(name, '을/를')} 가져왔습니다.`,
  importedFiles: (count) => `파일 ${count}개를 가져왔습니다.`,

  // EmotionTraining
  modelNeedsName: '모델의 이름을 정해 주세요.',
  modelIsHere: (name) => `“${name}”이라는 이름의 감정 모델이 이미 있습니다.`,
  needsWhoseClips: '누구의 클립인지 적어 주세요.',
  needsLicence: '모델로 무엇을 해도 되는지 적어 주세요.',
  needsFolder: '감정을 표시한 클립 폴더를 고르세요.',
  labeledTwice: (one, other) => `같은 녹음에 ${one}, ${other} 두 감정이 표시됨`,

  // Library
  singerIsHere: (name) => `“${name}”이라는 이름의 가수가 이미 있습니다.`,

  // Markers

  // Shell
  details: '세부 정보',
  reportProgram: (version, platform, host) => `${platform}의 Understudy ${version} (${host})`,
  reportEngine: (engine) => `계산 엔진: ${engine}`,
  detailsInClipboard: '세부 정보를 클립보드에 복사했습니다.',
  detailsNotCopied: '세부 정보를 복사하지 못했습니다',

  // Training
  nameTwice: (name) => `이 학습에 “${name}”이라는 이름이 둘 있습니다.`,
  partNamedTwice: (name) => `이 학습에 “${name}”이라는 이름이 둘 있습니다.`,
  partNeedsName: '이름이 필요합니다.',
  partNeedsRecording: '녹음이 필요합니다.',
  missingFor: (name, words) => `${name}: ${words}`,
  needsName: '가수의 이름을 정해 주세요.',
  needsConsent: '목소리의 주인이 어떻게 동의했는지 적어 주세요.',
  listeningToClips: '클립을 살펴보는 중입니다.',
  needsClip: '목소리가 담긴 클립이 하나 이상 필요합니다.',

  // assign
  playsAsTheyAre: (track) => `“${track}” 트랙은 소스를 그대로 재생합니다. 부르는 리전은 가수 트랙에 두세요.`,

  // curve-words

  // file-kinds
  audioFiles: '오디오',
  songFiles: 'Understudy 곡',
  singerFiles: '가수',
  emotionFiles: '감정 모델',

  // land-regions

  // landing
  noLaneThatFar: (region) => `“${region}” 리전을 옮길 레인이 그만큼 떨어진 곳에 없습니다.`,
  tracksOfTheirOwn: '가수가 다른 리전은 각자의 트랙이 필요합니다. 한 가수씩 옮기세요.',

  // range-words
  goesUpTo: (note, singer, last) => `${note}까지 올라가는데, ${singer}의 음은 ${last}에서 끝납니다.`,
  goesDownTo: (note, singer, first) => `${note}까지 내려가는데, ${singer}의 음은 ${first}에서 시작합니다.`,
  liesOutside: (outside, voiced) => `목소리 ${voiced}초 중 ${outside}초가 음역 밖입니다.`,

  // region-state
  conversionFailed: '변환하지 못했습니다.',
  playedBy: (instrument) => `${withParticle(instrument, '이/가')} 연주`,
  played: '연주',
  instrumentFiles: '악기',
  vocoderFiles: '보코더',
  vocoderIsHere: (name) => `“${name}” 보코더가 이미 있습니다.`,
  instrumentIsHere: (name) => `“${name}” 악기가 이미 있습니다.`,
  sungBy: (singer) => `${withParticle(singer, '이/가')} 노래`,
  notConverted: '변환 안 됨',
  outOfDate: '오래됨',
  isMissing: (file) => `${file} 파일이 없음`,
  failed: '실패',
  waiting: '대기 중',
  waitingAt: (place) => `대기 중, ${place}번째`,
  place: (place) => `${place}번째`,
  convertingFor: (percent, seconds) => `${percent} % · ${seconds}초`,
  convertingSpoken: (percent) => `변환 중, ${percent}퍼센트`,
  failedBecause: (reason) => `실패, ${reason}`,
  original: '원본',
  converted: '변환됨',

  // sing

  // take-words
  notUsed: '사용 안 함',
  usedThroughout: '전체에 사용',
  usedInPart: '일부에 사용',
  neutral: '중립',
  drawn: '그림',
  somebody: '누군가',

  // Outputs, region-state
  systemOutput: '시스템 기본값',
  outputNotOpened: (device, chosen) => `“${device}” 장치를 열지 못했습니다. 곡은 계속 “${chosen}” 장치로 들립니다.`,
  outputsNotNamed: '브라우저가 출력 장치의 이름을 알 수 없어 시스템 기본 장치로 들립니다.',
  outputGone: (device) => `출력이 시스템 기본 장치로 바뀌었습니다. “${device}” 장치가 사라졌습니다.`,
  outputGoneAndStopped: (device) =>
    `출력이 시스템 기본 장치로 바뀌었습니다. “${device}” 장치가 사라졌습니다. 곡은 정지했고 위치는 그대로입니다.`,
  noOutput: '남은 출력 장치가 없습니다.',
  noOutputAndStopped: '남은 출력 장치가 없습니다. 곡은 정지했고 위치는 그대로입니다.',
  shortReasons: {
    'audio-silent': '무음',
    'audio-empty': '소리 없음',
    'audio-too-short': '너무 짧음',
    'audio-too-long': '너무 김',
    'audio-unvoiced': '목소리 없음',
    'audio-not-finite': '손상된 소리',
    'audio-unreadable': '읽을 수 없음',
    'checkpoint-invalid': '가수 파일 손상',
    'content-damaged': '저장소 데이터 손상',
    'content-missing': '저장소에 없음',
    'disk-full': '디스크 가득 참',
    'engine-device-lost': '장치 연결 끊김',
    'engine-out-of-memory': '메모리 부족',
    'engine-stopped': '엔진 중단',
    'engine-unavailable': '엔진 없음',
    'file-missing': '파일 없음',
    'job-interrupted': '중단됨',
    'queue-unreachable': '대기열 연결 안 됨',
    'singer-unknown': '가수 없음',
    'store-refused': '저장소 접근 거부',
    'store-unreachable': '저장소 연결 안 됨',
    'training-diverged': '학습 발산',
  },
} satisfies Translation<typeof english>
