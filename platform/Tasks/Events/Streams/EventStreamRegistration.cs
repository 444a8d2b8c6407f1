using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>Registers what event streams need; nothing of it runs before the first stream.</summary>
internal static class EventStreamRegistration
{
    public static IServiceCollection AddEventStreams(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventStreamOptions>().Bind(configuration.GetSection(EventStreamOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<TaskEventWatcher>().AddSingleton<EventStreamPlaces>();
    }
}
