"""Writes and reads a GGUF file (version 3, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) of a small llama: matrices F16, norms F32."""
import os
import struct

import numpy

from bpe import BOS, EOS, PAD, SPECIAL

_UINT32, _FLOAT32, _BOOL, _STRING, _ARRAY, _INT32 = 4, 6, 7, 8, 9, 5
_F32, _F16 = 0, 1
_ALIGNMENT = 32


def _text(value):
    raw = value.encode("utf-8")
    return struct.pack("<Q", len(raw)) + raw


def _pair(key, kind, value):
    packed = {_UINT32: lambda: struct.pack("<I", value), _FLOAT32: lambda: struct.pack("<f", value), _BOOL: lambda: struct.pack("<?", value), _STRING: lambda: _text(value)}
    return _text(key) + struct.pack("<I", kind) + packed[kind]()


def _list(key, kind, values):
    body = b"".join(_text(v) if kind == _STRING else struct.pack("<i", v) for v in values)
    return _text(key) + struct.pack("<IIQ", _ARRAY, kind, len(values)) + body


def _metadata(shape, tokenizer, name, context):
    # Kinds of tokens: 1 normal, 3 control.
    kinds = [3] * len(SPECIAL) + [1] * (len(tokenizer.tokens) - len(SPECIAL))
    return [
        _pair("general.architecture", _STRING, "llama"),
        _pair("general.name", _STRING, name),
        _pair("general.file_type", _UINT32, 1),
        _pair("general.alignment", _UINT32, _ALIGNMENT),
        _pair("llama.context_length", _UINT32, context),
        _pair("llama.embedding_length", _UINT32, shape.width),
        _pair("llama.block_count", _UINT32, shape.layers),
        _pair("llama.feed_forward_length", _UINT32, shape.inner),
        _pair("llama.attention.head_count", _UINT32, shape.heads),
        _pair("llama.attention.head_count_kv", _UINT32, shape.heads),
        _pair("llama.attention.layer_norm_rms_epsilon", _FLOAT32, shape.epsilon),
        _pair("llama.rope.dimension_count", _UINT32, shape.width // shape.heads),
        _pair("llama.rope.freq_base", _FLOAT32, shape.base),
        _pair("llama.vocab_size", _UINT32, len(tokenizer.tokens)),
        _pair("tokenizer.ggml.model", _STRING, "gpt2"),
        _pair("tokenizer.ggml.pre", _STRING, "gpt-2"),
        _list("tokenizer.ggml.tokens", _STRING, tokenizer.tokens),
        _list("tokenizer.ggml.token_type", _INT32, kinds),
        _list("tokenizer.ggml.merges", _STRING, [f"{a} {b}" for a, b in tokenizer.merges]),
        _pair("tokenizer.ggml.bos_token_id", _UINT32, BOS),
        _pair("tokenizer.ggml.eos_token_id", _UINT32, EOS),
        _pair("tokenizer.ggml.padding_token_id", _UINT32, PAD),
        _pair("tokenizer.ggml.add_bos_token", _BOOL, True),
    ]


def tensors_of(model):
    """Names as llama.cpp knows them, with their arrays."""
    found = {"token_embd.weight": model.table.weight, "output_norm.weight": model.norm.weight}
    for i, layer in enumerate(model.layers):
        q, k, v = layer.qkv.weight.chunk(3)
        gate, up = layer.gate_up.weight.chunk(2)
        parts = {
            "attn_norm": layer.attention_norm.weight, "attn_q": q, "attn_k": k, "attn_v": v, "attn_output": layer.out.weight,
            "ffn_norm": layer.inner_norm.weight, "ffn_gate": gate, "ffn_up": up, "ffn_down": layer.down.weight,
        }
        found.update({f"blk.{i}.{name}.weight": weight for name, weight in parts.items()})
    return {name: weight.detach().float().cpu().numpy() for name, weight in found.items()}


def write(path, model, tokenizer, name):
    """Writes the file beside its place and renames it."""
    pairs = _metadata(model.shape, tokenizer, name, model.shape.context)
    arrays = {n: (w.astype(numpy.float16) if w.ndim > 1 else w.astype(numpy.float32)) for n, w in tensors_of(model).items()}
    header = b"GGUF" + struct.pack("<IQQ", 3, len(arrays), len(pairs)) + b"".join(pairs)
    offset = 0
    for tensor, array in arrays.items():
        kind = _F16 if array.dtype == numpy.float16 else _F32
        header += _text(tensor) + struct.pack("<I", array.ndim) + b"".join(struct.pack("<Q", d) for d in reversed(array.shape)) + struct.pack("<IQ", kind, offset)
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    with open(path + ".new", "wb") as file:
        file.write(header + b"\0" * (-len(header) % _ALIGNMENT))
        for array in arrays.values():
            file.write(array.tobytes() + b"\0" * (-array.nbytes % _ALIGNMENT))
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)


def read(path):
    """Metadata and arrays (F32) of a file that write made; a fine-tune begins with them."""
    with open(path, "rb") as file:
        raw = file.read()
    if raw[:4] != b"GGUF" or struct.unpack_from("<I", raw, 4)[0] != 3:
        raise SystemExit(f"{path}: not a GGUF file of version 3")
    at = 24
    tensors, pairs = struct.unpack_from("<QQ", raw, 8)

    def take(form):
        nonlocal at
        value = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return value[0]

    def text():
        nonlocal at
        length = take("Q")
        at += length
        return raw[at - length:at].decode("utf-8")

    def value(kind):
        if kind == _STRING:
            return text()
        if kind == _ARRAY:
            inner, count = take("I"), take("Q")
            return [value(inner) for _ in range(count)]
        return take({_UINT32: "I", _FLOAT32: "f", _BOOL: "?", _INT32: "i"}[kind])

    metadata = {}
    for _ in range(pairs):
        key = text()
        metadata[key] = value(take("I"))
    places = []
    for _ in range(tensors):
        name, size = text(), take("I")
        shape = [take("Q") for _ in range(size)]
        places.append((name, shape[::-1], take("I"), take("Q")))
    start = -(-at // _ALIGNMENT) * _ALIGNMENT
    arrays = {}
    for name, shape, kind, offset in places:
        form = {_F32: "<f4", _F16: "<f2"}[kind]
        count = int(numpy.prod(shape))
        arrays[name] = numpy.frombuffer(raw, form, count, start + offset).reshape(shape).astype(numpy.float32)
    return metadata, arrays
