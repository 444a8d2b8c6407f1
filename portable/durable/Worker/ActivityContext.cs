using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Worker;

internal sealed class ActivityContext(string name, string instanceId, string version) : TaskActivityContext
{
    public override TaskName Name => name;

    public override string InstanceId => instanceId;

    public override string Version => version;
}
