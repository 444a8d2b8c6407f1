using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Durable;

internal static class DurableRegistration
{
    public static void Add(
        IServiceCollection services, PortableHostOptions options, FunctionPipeline pipeline,
        IReadOnlyList<OrchestrationFunction> orchestrations, IReadOnlyList<ActivityFunction> activities)
    {
    }
}
