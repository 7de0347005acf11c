import './chart/line-chart.js';
import './chart/spark-line.js';
import { announce, mergeAlarms, startAlarms } from './panels/alarms.js';
import { startConnection } from './panels/connection.js';
import { mergeDeadLetters, startDeadLetters } from './panels/dead-letters.js';
import { startDeployments } from './panels/deployments.js';
import { mergeGate, startGate } from './panels/gate.js';
import { startHealth } from './panels/health.js';
import { mergeQuality, startQuality } from './panels/quality.js';
import { mergeSignals, startSignals } from './panels/signals.js';
import { startUser } from './panels/user.js';
import { startNavigation } from './parts/navigation.js';
import { Resource } from './state.js';
import { Stream } from './stream.js';
import { startTheme } from './theme.js';

const POINTS = 600;
const TOGETHER_MILLIS = 400;
const place = id => document.getElementById(id);

const resources = {
  health: new Resource('api/health'),
  alarms: new Resource('api/alarms', mergeAlarms),
  quality: new Resource(`api/quality?points=${POINTS}`, mergeQuality),
  gate: new Resource(`api/gate?points=${POINTS}`, mergeGate),
  signals: new Resource('api/signals', mergeSignals),
  deployments: new Resource('api/deployments'),
  deadLetters: new Resource('api/dead-letters', mergeDeadLetters),
};

/** Asks a moment from now, once for all wishes until then. */
function soon(resource) {
  let waits = false;
  return () => {
    if (!waits) {
      waits = true;
      setTimeout(() => {
        waits = false;
        resource.load();
      }, TOGETHER_MILLIS);
    }
  };
}

const reloadAll = () => Object.values(resources).forEach(resource => resource.load());
const alarmsSoon = soon(resources.alarms);
const deploymentsSoon = soon(resources.deployments);
const lettersSoon = soon(resources.deadLetters);
const events = {
  hello: ({ resumed }) => resumed || reloadAll(),
  heartbeat: () => {},
  health: news => {
    resources.health.take(news);
    if (news.champion !== resources.deployments.value?.champion) {
      deploymentsSoon();
    }
    if (news.alarms?.open !== resources.alarms.value?.open?.length) {
      alarmsSoon();
    }
  },
  quality: news => {
    resources.quality.take(news);
    const known = new Set((resources.deployments.value?.versions ?? []).map(each => each.version));
    if ((news.versions ?? []).some(each => !known.has(each.version))) {
      deploymentsSoon();
    }
  },
  gate: news => resources.gate.take(news),
  signals: news => resources.signals.take(news),
  alarm: news => {
    announce(resources.alarms.value, news);
    resources.alarms.take(news);
  },
  deployment: deploymentsSoon,
  'dead-letters': news => {
    const more = news.total !== resources.deadLetters.value?.total;
    resources.deadLetters.take(news);
    if (more) {
      lettersSoon();
    }
  },
};

startHealth(place('health'), resources.health, resources.alarms);
startAlarms(place('alarms'), resources.alarms);
startQuality(place('quality'), resources.quality);
startGate(place('gate'), resources.gate);
startSignals(place('signals'), resources.signals);
startDeployments(place('deployments'), resources.deployments, resources.alarms);
startDeadLetters(place('dead-letters'), resources.deadLetters);
startUser(place('user'));
startNavigation(document.querySelector('nav'));
startTheme(place('theme'));

const showConnection = startConnection(place('connection'), () => stream);
const stream = new Stream('api/stream', Object.keys(events), (name, news) => events[name](news), state => {
  showConnection(state);
  if (state.state === 'waiting' && resources.health.at === null) {
    reloadAll(); // the page is of use without its stream too
  }
});
stream.connect();
