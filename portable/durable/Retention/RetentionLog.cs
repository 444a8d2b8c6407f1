using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Worker;

internal static partial class RetentionLog
{
    [LoggerMessage(4050, LogLevel.Information, "Removed {Count} orchestrations that ended longer than {Age} ago.")]
    public static partial void Removed(ILogger logger, int count, TimeSpan age);
}
