using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Navi.EndToEnd.Tests.Events;

/// <summary>Makes events of a stream's bytes as WHATWG HTML 9.2.6 says: only what an empty line has closed is an event.</summary>
internal sealed class EventLineReader(Action<SeenEvent> seen)
{
    private readonly List<byte> line = [];
    private string? id;
    private string? type;
    private string? data;

    /// <summary>A line has begun and not ended.</summary>
    public bool IsInsideALine => line.Count > 0;

    /// <summary>Value of the field retry.</summary>
    public string? Retry { get; private set; }

    public void Take(byte value)
    {
        if (value != '\n')
        {
            line.Add(value);
            return;
        }
        var text = Encoding.UTF8.GetString([.. line]);
        line.Clear();
        if (text.Length == 0)
            Dispatch();
        else if (!text.StartsWith(':'))
            TakeField(text);
    }

    private void TakeField(string text)
    {
        var (name, value) = (text[..text.IndexOf(':')], text[(text.IndexOf(':') + 2)..]);
        switch (name)
        {
            case "id":
                id = value;
                break;
            case "event":
                type = value;
                break;
            case "data":
                data = value;
                break;
            case "retry":
                Retry = value;
                break;
            default:
                throw new InvalidOperationException($"The stream has a field '{name}'.");
        }
    }

    private void Dispatch()
    {
        if (data is not null)
        {
            var item = JsonElement.Parse(data);
            Assert.Equal((id, type), (item.GetProperty("seq").ToString(), item.GetProperty("type").GetString()));
            seen(new SeenEvent(long.Parse(id!, CultureInfo.InvariantCulture), type!, item.GetProperty("data")));
        }
        (id, type, data) = (null, null, null);
    }
}
