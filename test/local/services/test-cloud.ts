import { type Clock, LeapingClock } from '../../../local/clock';
import type { Cloud } from '../../../local/cloud';
import type { Service } from '../../../local/wire/service';

/** A cloud of the services that a test puts into it. */
export class TestCloud<C extends Clock = LeapingClock> implements Cloud {
  public readonly region = 'eu-central-1';
  public readonly account = '123456789012';
  public url = 'http://127.0.0.1:1';
  private readonly services = new Map<string, Service>();

  constructor(readonly clock: C) {}

  public add<S extends Service>(service: S): S {
    this.services.set(service.name, service);
    return service;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in Cloud
  public async call(service: string, operation: string, input: object): Promise<any> {
    const handler = this.services.get(service)?.operations[operation];
    if (!handler) {
      throw new Error(`the test has no ${service}:${operation}`);
    }
    return handler(input, { caller: { accessKeyId: 'operator' } });
  }
}

export function leapingCloud(): TestCloud {
  return new TestCloud(new LeapingClock());
}

/** A policy document of one or more statements. */
export function policy(...statements: object[]) {
  return { Version: '2012-10-17', Statement: statements };
}

/** A trust policy for a service. */
export function trust(service: string, condition?: object) {
  return policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service }, ...(condition && { Condition: condition }) });
}
