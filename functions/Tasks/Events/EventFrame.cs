using System.Buffers;
using System.Text;
using System.Text.Json;
using Navi.Platform.Json;
using Navi.Platform.Tasks.Events;

namespace Navi.Functions.Tasks.Events;

/// <summary>The parts of an event stream's text (WHATWG HTML, 9.2.6).</summary>
internal static class EventFrame
{
    /// <summary>A comment, which clients pass over; it shows that the stream lives.</summary>
    public static ReadOnlyMemory<byte> Alive { get; } = ": alive\n\n"u8.ToArray();

    /// <summary>Tells the client how long to wait before it connects again.</summary>
    public static ReadOnlyMemory<byte> Retry(TimeSpan pause) => Encoding.UTF8.GetBytes($"retry: {pause.TotalMilliseconds:0}\n\n");

    /// <summary>Writes one event with its number as id.</summary>
    public static void Write(IBufferWriter<byte> to, TaskEvent item)
    {
        // JSON has no line breaks of its own, so one line of data is enough.
        var data = NaviJson.Write(new { item.Seq, item.At, item.Type, Data = JsonElement.Parse(item.Data) });
        Encoding.UTF8.GetBytes($"id: {item.Seq}\nevent: {item.Type}\ndata: {data}\n\n", to);
    }
}
