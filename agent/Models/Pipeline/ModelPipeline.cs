using Microsoft.Extensions.AI;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Replay;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Pipeline;

/// <summary>
/// The layers around one model, outermost first: telemetry → own limit → metering → recording, when it is switched on → stream → provider. The router stands before them, so that what is limited, measured and recorded is
/// an attempt and not a call.
/// </summary>
internal static class ModelPipeline
{
    /// <summary>Name of the activity source and meter with the <c>gen_ai.*</c> attributes of OpenTelemetry's semantic conventions.</summary>
    public const string Source = "Navi.Models";

    /// <summary>The layers of <paramref name="route"/>; <paramref name="entry"/> is null for a provider inside this process, which has neither a limit nor a stream.</summary>
    public static IChatClient Of(ModelRoute route, IChatClient provider, ModelEntry? entry, LlmMetrics metrics, TimeProvider time, Recorder? recorder = null)
    {
        IChatClient streamed = new AnswerReader(provider, entry, time);
        if (recorder is not null)
            streamed = new RecordingChatClient(streamed, recorder);
        IChatClient metered = new MeteredChatClient(streamed, route, metrics, time);
        if (entry is not null)
            metered = new LimitedChatClient(metered, entry.MaxConcurrency);
        // Content stays out of traces, whatever the environment says.
        return new OpenTelemetryChatClient(metered, sourceName: Source) { EnableSensitiveData = false };
    }
}
