import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { randomUUID } from 'node:crypto';
import { AppModule } from './app.module.js';
import { AuthorizePayment } from './payments/authorize-payment.js';
import { Clock } from './platform/clock/clock.js';
import type { AppConfig } from './platform/config/app-config.js';
import { FollowEvents } from './platform/events/follow-events.js';
import { RelayEvents } from './platform/events/relay-events.js';
import { serveContracts } from './platform/http/open-api.js';
import { secureHeaders } from './platform/http/security-headers.js';
import { servePages } from './platform/http/serve-pages.js';
import { useStrictJson } from './platform/http/strict-json.js';
import { answerUnreadable, answerUnroutable } from './platform/http/unreadable-requests.js';
import { RunJobs } from './platform/jobs/run-jobs.js';
import { PinoLogger } from './platform/logs/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { logRequests } from './terminals/log-requests.js';
import { signAnswers } from './terminals/sign-answers.js';
import { speakVersions } from './terminals/speak-versions.js';

/** A sale is a few hundred bytes; imports have a route and a limit of their own. */
const bodyMaxBytes = 1024 * 1024;

export type Doors = {
  /** Answer HTTP and sockets. */
  readonly serve: boolean;
  /** Run chores and relay events. */
  readonly work: boolean;
};

/** Builds the one program; nothing listens yet. */
export async function createApp(config: AppConfig): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(config),
    new FastifyAdapter({
      bodyLimit: bodyMaxBytes,
      trustProxy: config.TRUSTED_PROXIES,
      genReqId: () => randomUUID(),
      forceCloseConnections: true,
      clientErrorHandler: answerUnreadable,
      frameworkErrors: answerUnroutable,
    }),
    { rawBody: true, logger: new PinoLogger(config), abortOnError: false },
  );
  useStrictJson(app, bodyMaxBytes);
  await app.register(cookie);
  await secureHeaders(app, {
    // The pages load nothing from elsewhere; sockets go back to where the page came from.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        frameAncestors: ["'none'"],
      },
    },
    hsts: false,
  });
  logRequests(app);
  speakVersions(app);
  signAnswers(app);
  serveContracts(app);
  await servePages(app);
  app.useWebSocketAdapter(new WsAdapter(app));
  return app;
}

/** Opens the doors that this process was asked for. */
export async function openDoors(
  app: NestFastifyApplication,
  config: AppConfig,
  doors: Doors,
): Promise<void> {
  const clock = app.get(Clock);
  await app.init();
  await clock.settle();
  const jobs = app.get(RunJobs);
  // Each process needs its own estimate, so this is a timer and not a chore.
  setInterval(() => void clock.read().catch(() => undefined), 1_000).unref();
  if (doors.serve) {
    await app.get(FollowEvents).start();
    await app.get(AuthorizePayment).openLanes();
    await app.listen({ port: Number(config.PORT), host: config.HOST });
  }
  if (config.METRICS_PORT !== undefined)
    await app.get(Metrics).listen(Number(config.METRICS_PORT), config.METRICS_HOST);
  if (doors.work) {
    app.get(RelayEvents).start();
    jobs.start();
  }
}
