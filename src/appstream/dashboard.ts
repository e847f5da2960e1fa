import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { FleetMetrics } from './fleet-metrics';
import { capacityMetrics } from './private/fleet-capacity';

const PERCENT: cloudwatch.YAxisProps = { label: 'percent', showUnits: false, min: 0, max: 100 };

/**
 * A CloudWatch dashboard that knows what to show of fleets.
 *
 * Everything that `cloudwatch.Dashboard` can do it can do as well: `addWidgets` puts more below.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/monitoring-with-cloudwatch.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const stack: appstream.Stack;
 * declare const fleet: appstream.Fleet;
 *
 * const dashboard = new appstream.Dashboard(scope, 'Dashboard');
 * dashboard.addStack(stack, fleet);
 */
export class Dashboard extends cloudwatch.Dashboard {
  /** Shows a fleet: its capacity and how much of it is used, who was turned away, and how instances and connections perform. */
  public addFleet(fleet: appstream.IFleetRef): void {
    this.addSection(`Fleet ${fleet.fleetRef.fleetName}`, fleet);
  }

  /** Shows a fleet under the name of the stack through which users reach it. AppStream measures fleets, and stacks not at all. */
  public addStack(stack: appstream.IStackRef, fleet: appstream.IFleetRef): void {
    this.addSection(`Stack ${stack.stackRef.stackName}: fleet ${fleet.fleetRef.fleetName}`, fleet);
  }

  private addSection(title: string, fleet: appstream.IFleetRef): void {
    const metrics = FleetMetrics.fromFleet(fleet);
    const capacity = capacityMetrics(fleet).flatMap(({ actual, inUse, pending }) => [actual, inUse, pending]);
    this.addWidgets(new cloudwatch.TextWidget({ markdown: `# ${title}`, width: 24, height: 1 }));
    this.addWidgets(
      graph('Capacity', capacity.length > 0 ? capacity : [metrics.inUseCapacity()]),
      graph('Utilization', [metrics.capacityUtilization()], PERCENT),
      graph('Users turned away', [metrics.insufficientCapacityError(), metrics.insufficientConcurrencyLimitError()]),
    );
    this.addWidgets(
      graph('Instances', [
        metrics.cpuUtilizationInstance(), metrics.memoryUtilizationInstance(), metrics.diskUtilizationInstance(), metrics.gpuUtilizationInstance(),
      ], PERCENT),
      graph('Latency', [metrics.inSessionLatency()], { label: 'milliseconds', showUnits: false, min: 0 }),
      graph('Frames per second', [metrics.framesPerSecond()]),
    );
  }
}

function graph(title: string, left: cloudwatch.IMetric[], leftYAxis: cloudwatch.YAxisProps = { min: 0 }): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, leftYAxis, width: 8 });
}
