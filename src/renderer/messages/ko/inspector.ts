import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { inspector as english } from '../en/inspector.ts'

export const inspector = {
  // BlendRows
  unknownSinger: '여기에 없는 가수',
  differentBlends: '리전마다 섞은 가수가 다릅니다.',
  blendWith: '섞을 가수',
  blendSinger: (number) => `블렌드의 가수 ${number}`,
  blend: '블렌드',
  takeOut: (name) => `블렌드에서 ${name} 빼기`,
  share: '비율',
  shareOf: (name) => `${name} 비율`,
  overAll: (shares) => `합이 전체를 넘어 ${shares} 비율로 들립니다.`,
  andWith: '그리고',
  blendAnother: '다른 가수 섞기',
  blendThird: '세 번째 가수 섞기',
  nobody: '없음',

  // ConvertBar
  convertingFacts: (count, percent, left) =>
    `${count === 1 ? '변환 중' : `${count}개 변환 중`}, ${percent} %${left === null ? '' : `, 약 ${left} 남음`}`,
  converting: '변환 중',
  stop: '중지',
  convert: '변환',
  convertRegions: (count) => `리전 ${count}개 변환`,
  converted: '변환됨',
  editNotesOf: (name) => `${name} 음표 편집`,
  edit: '편집',

  // CurveToggle
  drawOverTime: (name) => `${name} 커브 그리기`,

  // EmotionChoice
  emotion: '감정',

  // HearEmotion
  hear: '듣기',
  hearAt: '감정의 강도를 골라 듣기',
  hearInTurn: '0, 50, 100 %를 차례로 듣기',
  stopHearing: '감정 듣기 정지',
  hearingAt: (region, percent) => `${region}: 강도 ${percent} %`,
  renderingAt: (percent, done) => `강도 ${percent} % 렌더 중: ${done} %`,
  sameSound: '중립은 강도가 달라도 소리가 같습니다.',

  // FailureNote
  notConverted: (name) => `${withParticle(name, '을/를')} 변환하지 못했습니다.`,
  tryAgain: '다시 시도',
  notConvertedTitle: (name) => `${withParticle(name, '을/를')} 변환하지 못했습니다`,
  details: '세부 정보',
  originalPlays: '원본은 계속 재생됩니다.',

  // Inspector
  inspector: '인스펙터',

  // KeyShiftRow
  keyShift: '키 이동',
  auto: '자동',
  set: '지정',
  keyShiftInSemitones: '키 이동(반음)',

  // MeasuredBlock
  theSinger: '가수',
  measured: '측정값',
  againstOriginal: '원본 대비',
  pitchError: '음정 오차, 중앙값',
  cents: '센트',
  voicingDiffers: '유성음 판정 차이',
  timingOffset: '타이밍 어긋남',
  levelChange: '레벨 변화',
  clipped: '클리핑',
  timbreTip: '유성음 스펙트럼과 가장 가까운 실제 스펙트럼 사이의 평균 거리, 이퀄라이저로는 달라지지 않습니다',
  timbreDistance: '음색 거리, dB',
  thisRender: '이 렌더',
  before: '변환 전',
  realClips: '실제 클립',
  fromSinger: (name) => `${name}까지`,
  fromSource: '소스까지',
  renderedFacts: (samples, seconds) => `${samples}샘플, 소스와 같은 길이, ${seconds}초 만에 렌더링됨`,

  // PerformanceBlock
  performance: '퍼포먼스',
  singer: '가수',
  intensity: '강도',
  extrapolated: '100 %를 넘으면 누구도 들려준 적 없는 강도로, 추정한 결과입니다.',

  // PlacementBlock
  region: '리전',
  fades: '페이드',
  fadeInMs: '페이드 인(밀리초)',
  fadeIn: '페이드 인',
  fadeOutMs: '페이드 아웃(밀리초)',
  fadeOut: '페이드 아웃',
  gain: '게인',
  gainInDb: '게인(데시벨)',
  mute: '음소거',
  unmute: '음소거 해제',
  muted: '음소거',
  fadeInPrefix: '인',
  fadeOutPrefix: '아웃',

  // RangeNote
  hasRange: (singer, range, asked) => `${singer}의 음역은 ${range}이고, 이 리전에는 ${asked} 음역이 필요합니다.`,
  octaveLower: '한 옥타브 낮게 부르기',
  octaveHigher: '한 옥타브 높게 부르기',

  // RegionInspector
  moreForSelection: '선택 항목 더 보기',
  listenTo: '듣기',
  original: '원본',
  songIsOriginal: '지금은 곡 전체가 원본으로 들립니다.',
  matchLoudness: '비교할 때 음량 맞추기',
  span: (from, to, seconds) => `${from}~${to} · ${seconds}초`,
  countSung: (sung, count) => `${count}개 중 ${sung}개 노래함`,

  // SingWithBlock
  singWith: '부를 가수',
  performer: '연주자',
  choosePerformer: '가수나 악기',
  chooseSinger: '가수 선택',
  sourcesStay: (_count) => '소스는 그대로 있고, 가수 트랙에 연결된 리전이 나타납니다.',
  noSinger: '아직 가수가 없습니다.',
  trainSinger: '가수 학습',

  // TakesBlock
  takes: '테이크',
  take: (number, words, use) => `테이크 ${number}, ${words}, ${use}`,
  starTake: (number) => `테이크 ${number} 별표`,
  flatten: '리전으로 정리',
  used: (takes) => `사용: ${takes}`,

  // Tips
  tipSelect: '리전을 클릭하면 설정을 볼 수 있습니다. 가수 트랙으로 끌면 그 가수가 부릅니다.',
  tipSinger: '가수 선택',
  tipEmotion: '감정 선택',
  tipHear: '원본 또는 변환본 듣기',
  allShortcuts: '모든 단축키',
  tipDrop: '보컬 스템을 레인에 끌어다 놓으세요.',
  importAudio: '오디오 가져오기',
  nothingSelected: '선택한 항목 없음',

  // TrackInspector
  singerTrackFacts: (count, unconverted) =>
    `가수 트랙 · 리전 ${count}개${unconverted > 0 ? `, ${unconverted}개 변환 안 됨` : ''}`,
  sourceTrackFacts: (count, unconverted) =>
    `소스 트랙 · 리전 ${count}개${unconverted > 0 ? `, ${unconverted}개 변환 안 됨` : ''}`,
  singerOf: (name) => `${name}의 가수`,
  notHere: '이 컴퓨터에 없음',
  instrumentTrackFacts: (count, unconverted) =>
    `악기 트랙 · 리전 ${count}개${unconverted > 0 ? `, ${unconverted}개 변환 안 됨` : ''}`,
  instrumentOf: (name) => `${name}의 악기`,
  instrument: '악기',
  instrumentNamed: (name) => `${name} · 악기`,
  track: '트랙',
  volume: '볼륨',
  volumeInDb: '볼륨(데시벨)',
  pan: '팬',
  panInPercent: '팬(퍼센트, 왼쪽은 음수)',
  solo: '솔로',

  // ValueRow
  drawnOverTime: '시간에 따라 그림',
  clearCurveOf: (name) => `${name} 커브 지우기`,
  clear: '지우기',
  inPercent: (name) => `${name}(퍼센트)`,
  inSemitones: (name) => `${name}(반음)`,
  percent: (value) => `${value}퍼센트`,
  semitones: (value) => `${value}반음`,

  // TemperatureRow, and what it stands for
  temperature: '온도',
  temperatureSpoken: '온도',
  highBand: '고역',
  keepsHighBand: '녹음 그대로',
  aboveLimit: (kilohertz) => `, ${kilohertz}kHz 위`,
  sampleBySample: (kilohertz) =>
    `샘플 하나하나를 노래하며 ${kilohertz}kHz까지 들립니다. 블렌드, 감정, 포먼트, 세기는 쓰이지 않습니다.`,

  playedSampleBySample: (kilohertz) =>
    `실험적: 샘플 하나하나를 연주하며 ${kilohertz}kHz까지 들립니다. 멜로디를 잃을 수 있으며, 얼마나 지켰는지 측정합니다.`,
  keepsItsPitch: '이 악기는 음정을 배우지 않았습니다. 들은 대로 연주하며, 키와 음표를 옮길 수 없습니다.',

  // ConvertBar
  estimateTakes: (time) => `이 컴퓨터에서 ${time}`,
  estimating: '걸리는 시간을 알아보는 중',

  // AgreementFigures
  melodyKept: '멜로디 50센트 이내',
  melodyDistance: '멜로디 차이',
  onsetsKept: '찾은 시작점',
  onsetsOf: (found, count) => `${count}개 중 ${found}개`,
  onsetsPlayed: (count) => `${count}개 연주`,

  // RendererRow
  renderer: '렌더러',
  filterRenderer: '필터',
  rendererOption: (name, seconds) => (seconds === null ? name : `${name} · 이 컴퓨터에서 1초당 ${seconds}초`),
  rendererFacts: (redrawsVoice, bandLimitHz) =>
    `${redrawsVoice ? '목소리를 새로 만듭니다. 그려 넣은 음정에 알맞습니다.' : '녹음을 그대로 두고 필터를 겁니다.'} ${bandLimitHz === null ? '곡 샘플레이트의 절반' : `${bandLimitHz / 1000} kHz`}까지 소리가 납니다.`,

  // VoiceRows
  formant: '포먼트',
  likeness: '닮음',
  likenessSpoken: '닮음, 내용에서 사람까지',
  content: '내용',
  person: '사람',
  strength: '세기',
  delivery: '전달 방식',
  sung: '노래',
  spoken: '말',
} satisfies Translation<typeof english>
