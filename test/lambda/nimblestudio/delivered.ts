import type { RenderStudio } from './render-studio';
import { STACK } from './render-studio';
import { eventOf, type EventParts } from '../engine/events';

/** What the engine answered to events that a test has sent. */
export interface Answer {
  readonly Status: string;
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
}

/** Hands events to the deployed function as CloudFormation does, late or twice if a test wants so. */
export class Delivery {
  public readonly answers: Answer[] = [];

  constructor(private readonly studio: RenderStudio) {
    studio.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
      this.answers.push(JSON.parse(body.toString()));
      return { status: 200 };
    });
  }

  /** @param time when CloudFormation made the request, e.g. `100000` for ten o'clock */
  public async send(time: string, parts: EventParts): Promise<void> {
    const { loopback, deployment } = this.studio;
    await loopback.call('lambda', 'Invoke', {
      FunctionName: deployment.physicalId(STACK, 'AWS::Lambda::Function'),
      InvocationType: 'Event',
      Payload: JSON.stringify(eventOf({
        ResourceType: 'Custom::NimbleStudioStreamingSession',
        LogicalResourceId: 'Sent',
        // As CloudFormation would name it in a stack of this name.
        StackId: `arn:aws:cloudformation:us-east-1:111111111111:stack/${STACK}/4f9c0ee0-ea2f-11f0-8a5c-0a58a9feac02`,
        ResponseURL: `${loopback.url}/answers/?X-Amz-Date=20260105T${time}Z`,
        ...parts,
      })),
    });
    await loopback.lambda.idle();
  }

  public async settle(): Promise<void> {
    await this.studio.loopback.states.idle();
  }
}
