using Microsoft.DurableTask;

namespace Navi.Portable.Host.Tests.Durable;

/// <summary>A perfectly good activity class that no [Function] method wraps: on the Functions host it does not exist.</summary>
[DurableTask(nameof(UnwrappedActivity))]
public sealed class UnwrappedActivity : TaskActivity<int, string>
{
    public override Task<string> RunAsync(TaskActivityContext context, int input) => Task.FromResult("ran");
}
